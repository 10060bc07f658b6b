// JacobiTesting
