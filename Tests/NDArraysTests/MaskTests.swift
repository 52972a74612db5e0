import Testing

@testable import NDArrays

struct MaskTests {
  let x = NDArray<Double>([[-1, 0], [2, .nan]])

  @Test
  func `comparisons hold element by element; NaN is unequal to all`() {
    #expect((x .< 0).scalars == [true, false, false, false])
    #expect((x .<= 0).scalars == [true, true, false, false])
    #expect((x .> 0).scalars == [false, false, true, false])
    #expect((x .>= 0).scalars == [false, true, true, false])
    #expect((x .== 0).scalars == [false, true, false, false])
    #expect((x .!= 0).scalars == [true, false, true, true])
    #expect((x .== x).scalars == [true, true, true, false])
    #expect((x .< [[0], [3]]).scalars == [true, false, true, false])
    #expect((x.T .> [1, 1]).scalars == [false, true, false, false])
  }

  @Test
  func `masks combine`() {
    let (low, high) = (x .< 1, x .> -1)
    #expect((low .& high).scalars == [false, true, false, false])
    #expect((low .| high).scalars == [true, true, true, false])
    #expect((low .^ high).scalars == [true, false, true, false])
    #expect((.!low).scalars == [false, false, true, true])
    #expect(low.any() && !low.all() && low.count() == 2)
    #expect(low[0, -1] && !low[1, 0])
  }

  @Test
  func `a masked assignment changes what is selected, and only that`() {
    let original = x
    var y = x
    y[y .< 1] = 5
    #expect(y[0, 0] == 5 && y[0, 1] == 5 && y[1, 0] == 2 && y[1, 1].isNaN)
    y[y .!= y] = 0.5
    #expect(y == [[5, 5], [2, 0.5]])
    y[y .== 5] = [7, 8]
    #expect(y == [[7, 8], [2, 0.5]])
    #expect(y[y .> 1].scalars == [7, 8, 2])
    var z = y.T
    z[z .> 7] = 0
    #expect(z == [[7, 2], [0, 0.5]])
    #expect(original[0, 0] == -1)
    #expect(y.replacing(with: [[1], [2]], where: y .< 5) == [[7, 8], [2, 2]])
    #expect(y.replacing(with: 0, where: y .> 5) == [[0, 0], [2, 0.5]])
  }

  @Test
  func `a mask of another shape is refused`() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      var x = NDArray<Double>.zeros(2, 2)
      x[NDArray<Double>.zeros(2) .< 1] = 0
    }
    #expect(
      message(result).contains("a mask of shape [2] cannot select from an array of shape [2, 2]"))
  }
}
