// GraphDrawingTests
