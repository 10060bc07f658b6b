import NativeEngine
import Testing
