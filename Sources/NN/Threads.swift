// So that a program of modules sets its threads without another import.
@_exported import func Tensors.getNumThreads
@_exported import func Tensors.setNumThreads
