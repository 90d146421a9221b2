namespace LocalRetrieval.VectorData.Tests;

public sealed class VectorIndexOptionsTests
{
    public static TheoryData<string, Action<VectorIndexOptions>> OutOfRange => new()
    {
        { "Quantization", options => options.Quantization = (VectorQuantization)9 },
        { "Oversampling", options => options.Oversampling = 0.5 },
        { "Oversampling", options => options.Oversampling = 40.5 },
        { "Oversampling", options => options.Oversampling = double.NaN },
        { "TargetRecall", options => options.TargetRecall = 0 },
        { "TargetRecall", options => options.TargetRecall = 1 },
        { "TargetRecall", options => options.TargetRecall = double.NaN },
        { "FirstPassDimensions", options => options.FirstPassDimensions = 7 },
        { "M", options => options.M = 3 },
        { "M", options => options.M = 129 },
        { "EfConstruction", options => options.EfConstruction = 7 },
        { "EfConstruction", options => options.EfConstruction = 4097 },
        { "EfSearch", options => options.EfSearch = 0 },
        { "EfSearch", options => options.EfSearch = 65537 },
        { "MaxBuildThreads", options => options.MaxBuildThreads = 0 },
    };

    [Theory]
    [MemberData(nameof(OutOfRange))]
    public void Setter_ValueOutOfRange_ThrowsNamingIt(string name, Action<VectorIndexOptions> set)
    {
        VectorIndexOptions options = new();

        ArgumentOutOfRangeException thrown = Assert.Throws<ArgumentOutOfRangeException>(() => set(options));

        Assert.Equal(name, thrown.ParamName);
        Assert.Contains(name, thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Setter_NullAndBounds_AreTaken()
    {
        VectorIndexOptions options = new() { Oversampling = 40, M = 128, EfConstruction = 4096, EfSearch = 65536, FirstPassDimensions = 8, MaxBuildThreads = 1 };

        options.Quantization = null;
        options.Oversampling = null;
        options.EfSearch = null;
        options.FirstPassDimensions = null;
        options.MaxBuildThreads = null;

        Assert.Equal((null, null, 128), (options.Oversampling, options.EfSearch, options.M));
    }

    [Fact]
    public void Constructor_Null_Throws() => Assert.Throws<ArgumentNullException>(() => new VectorIndexOptions(null!));
}
