// GraphDrawing
