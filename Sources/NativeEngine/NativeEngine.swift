import Engines
