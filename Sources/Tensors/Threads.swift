// So that a program of tensors sets its threads without another import.
@_exported import func NDArrays.getNumThreads
@_exported import func NDArrays.setNumThreads
