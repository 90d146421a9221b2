using LocalRetrieval.Testing;
using LocalRetrieval.VectorData.Tests.Testing;

namespace LocalRetrieval.VectorData.Tests;

public sealed class OptionsCopyTests
{
    [Fact]
    public void Constructor_Options_CopiesEveryProperty()
    {
        using LocalVectorStore shared = new();
        using FakeGenerator generator = new();
        KeywordIndexOptions keywords = new() { K1 = 2, B = 0.5, RemoveStopWords = true, Stem = true, Analysis = KeywordAnalysis.Identifiers, Language = "de", Fields = [new("Title", 2)] };
        HybridFusionOptions fusion = new() { Method = HybridFusionMethod.MinMax, RankConstant = 3, VectorWeight = 2, KeywordWeight = 4, Candidates = 5 };

        Assert.Empty(OptionsCopy.Faults(keywords, options => new KeywordIndexOptions(options)));
        Assert.Empty(OptionsCopy.Faults(fusion, options => new HybridFusionOptions(options)));
        Assert.Empty(OptionsCopy.Faults(
            new VectorIndexOptions
            {
                Quantization = VectorQuantization.Binary,
                Rescoring = false,
                Oversampling = 3,
                TargetRecall = 0.5,
                FirstPassDimensions = 64,
                M = 24,
                EfConstruction = 99,
                EfSearch = 77,
                Seed = 5,
                MaxBuildThreads = 2,
            },
            options => new VectorIndexOptions(options)));
        FixedDimensionalOptions fixedDimensional = new() { Repetitions = 3, PartitionBits = 2, ProjectedDimensions = 8, Seed = 7 };
        Assert.Empty(OptionsCopy.Faults(fixedDimensional, options => new FixedDimensionalOptions(options)));
        Assert.Empty(OptionsCopy.Faults(
            new MultiVectorOptions { Quantization = MultiVectorQuantization.None, FirstPass = MultiVectorFirstPass.Pooled, FixedDimensional = fixedDimensional, Candidates = 9 },
            options => new MultiVectorOptions(options)));
        Assert.Empty(OptionsCopy.Faults(new CollectionImportOptions { BatchSize = 7 }, options => new CollectionImportOptions(options)));
        Assert.Empty(OptionsCopy.Faults(
            new LocalVectorStoreOptions
            {
                EmbeddingGenerator = generator,
                Keywords = keywords,
                HybridSearch = fusion,
                AllowOtherEncoders = true,
                SharedWith = shared,
                Path = "data",
                Durability = Durability.Disk,
                IsReadOnly = true,
            },
            options => new LocalVectorStoreOptions(options)));
    }
}
