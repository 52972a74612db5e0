// So that a program of optimizers sets its threads without another import.
@_exported import func Tensors.getNumThreads
@_exported import func Tensors.setNumThreads
