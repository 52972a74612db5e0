import Tensors
import WorkbookArrays

/// A vector for each of some whole numbers, from int64 `[…]` to `[…, embeddingDim]`.
///
/// ```swift
/// import Tensors
/// manualSeed(0)
/// let embedding = Embedding(10, 3)
/// print(embedding)
/// print(embedding(Tensor([[1, 2], [4, 1]]).long()).shape)
/// ```
/// ```output
/// Embedding(numEmbeddings: 10, embeddingDim: 3)
/// [2, 2, 3]
/// ```
public final class Embedding: Module {
  /// The vectors, `[numEmbeddings, embeddingDim]`.
  public let weight: Tensor

  /// A table of vectors drawn from the standard normal distribution.
  public init(_ numEmbeddings: Int, _ embeddingDim: Int, dtype: DType = .float32) {
    weight = .randn(numEmbeddings, embeddingDim, dtype: dtype, requiresGrad: true)
  }

  /// Computes the vectors of whole numbers.
  ///
  /// Traps unless they are int64 and within 0..<numEmbeddings.
  ///
  /// ```swift
  /// import Tensors
  /// print(Embedding(10, 3).forward(Tensor([7, 7]).long()).shape)
  /// ```
  /// ```output
  /// [2, 3]
  /// ```
  public func forward(_ x: Tensor) -> Tensor {
    require(
      x.dtype == .int64,
      "Embedding: the numbers are int64, not \(x.dtype); make them so with .to(.int64)")
    return weight[x].asResult()
  }

  /// The sizes.
  public var extraDescription: String {
    "numEmbeddings: \(weight.shape[0]), embeddingDim: \(weight.shape[1])"
  }
}
