using LocalRetrieval.VectorData.Indexing;
using LocalRetrieval.VectorData.Records;
using LocalRetrieval.VectorData.Tests.Testing;
using Microsoft.Extensions.VectorData;

namespace LocalRetrieval.VectorData.Tests.Indexing;

public sealed class VectorIndexSettingsTests
{
    [Theory]
    [InlineData(null, "Flat", VectorQuantization.None)]
    [InlineData(IndexKind.Flat, "Flat", VectorQuantization.None)]
    [InlineData(IndexKind.QuantizedFlat, "QuantizedFlat", VectorQuantization.Int8)]
    [InlineData(IndexKind.Hnsw, "Hnsw", VectorQuantization.None)]
    [InlineData(IndexKind.Dynamic, "Dynamic", VectorQuantization.None)]
    public void Of_KindAlone_HasTheDefaultsOfTheKind(string? kind, string expected, VectorQuantization quantization)
    {
        VectorProperty property = Build(Vector(kind));

        Assert.Equal((expected, quantization), (property.IndexKind.ToString(), property.Index.Quantization));
        Assert.Null(property.IndexOptions.Quantization);
    }

    [Fact]
    public void WithVectorIndex_OptionsChangedAfterwards_KeepsWhatItWasGiven()
    {
        VectorIndexOptions options = new() { Quantization = VectorQuantization.Binary, Seed = 3 };
        VectorStoreVectorProperty property = Vector(IndexKind.QuantizedFlat);

        Assert.Same(property, property.WithVectorIndex(options));
        options.Seed = 4;
        VectorProperty built = Build(property);

        Assert.Equal((VectorQuantization.Binary, 3), (built.Index.Quantization, built.IndexOptions.Seed));
    }

    [Fact]
    public void WithVectorIndex_Null_Throws()
    {
        Assert.Throws<ArgumentNullException>(() => Vector(null).WithVectorIndex(null!));
        Assert.Throws<ArgumentNullException>(() => VectorIndexExtensions.WithVectorIndex(null!, new()));
    }

    [Fact]
    public void Build_Class_TakesTheKindOfItsAttributeAndTheOptionsOfADefinition()
    {
        VectorStoreCollectionDefinition definition = new()
        {
            Properties = [new VectorStoreVectorProperty(nameof(Indexed.Vector), 16).WithVectorIndex(new() { EfSearch = 99 })],
        };

        VectorProperty attributed = Assert.Single(RecordModelBuilder.Build(typeof(string), typeof(Indexed), null, null).Vectors);
        VectorProperty defined = Assert.Single(RecordModelBuilder.Build(typeof(string), typeof(Indexed), definition, null).Vectors);

        Assert.Equal((VectorIndexKind.Hnsw, (int?)null), (attributed.IndexKind, attributed.IndexOptions.EfSearch));
        Assert.Equal((VectorIndexKind.Hnsw, (int?)99), (defined.IndexKind, defined.IndexOptions.EfSearch));
    }

    [Fact]
    public void WithoutGenerator_Index_IsKept()
    {
        VectorProperty property = Build(Vector(IndexKind.Hnsw).WithVectorIndex(new() { M = 8 }));

        Assert.Same(property.Index, property.WithoutGenerator().Index);
        Assert.Same(property.Index, property.WithoutGenerator(8).Index);
    }

    [Fact]
    public async Task GetCollection_AnotherIndexThanBefore_StoresTheSame()
    {
        using LocalVectorStore store = new();
        var flat = store.GetCollection<string, Indexed>("docs", new() { Properties = [Vector(IndexKind.Flat)] });
        await flat.EnsureCollectionExistsAsync();
        await flat.UpsertAsync(new Indexed { Id = "a", Vector = new float[16] });

        var graph = store.GetCollection<string, Indexed>("docs");

        Assert.NotNull(await graph.GetAsync("a"));
    }

    [Theory]
    [InlineData(IndexKind.QuantizedFlat)]
    [InlineData(IndexKind.Hnsw)]
    [InlineData(IndexKind.Dynamic)]
    public async Task SearchAsync_EachKind_FindsTheNearest(string kind)
    {
        var records = await Stores.CollectionAsync<string, Indexed>(definition: new() { Properties = [Vector(kind)] });
        float[] near = [1, .. new float[15]];
        float[] far = [-1, .. new float[15]];
        await records.UpsertAsync([new Indexed { Id = "near", Vector = near }, new Indexed { Id = "far", Vector = far }]);

        Assert.Equal("near", (await records.SearchAsync(near, 1).SingleAsync()).Record.Id);
    }

    [Theory]
    [InlineData(IndexKind.DiskAnn)]
    [InlineData(IndexKind.IvfFlat)]
    [InlineData("Annoy")]
    public void Of_UnknownKind_IsRefusedByName(string kind)
    {
        NotSupportedException refused = Assert.Throws<NotSupportedException>(() => Build(Vector(kind)));

        Assert.Contains($"'{kind}'", refused.Message, StringComparison.Ordinal);
        Assert.Contains("Flat, QuantizedFlat, Hnsw, Dynamic", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(IndexKind.Flat)]
    public void Of_FlatWithOptions_IsRefused(string? kind) =>
        AssertRefused<InvalidOperationException>("has options of an index, and compares whole vectors", Vector(kind), new() { Quantization = VectorQuantization.Int8 });

    [Fact]
    public void Of_OptionsThatContradictTheKind_AreRefusedByName()
    {
        AssertRefused<InvalidOperationException>("the quantization None", Vector(IndexKind.QuantizedFlat), new() { Quantization = VectorQuantization.None });
        AssertRefused<InvalidOperationException>("EfSearch", Vector(IndexKind.QuantizedFlat), new() { EfSearch = 10 });
        AssertRefused<InvalidOperationException>("FirstPassDimensions, which only", Vector(IndexKind.Hnsw), new() { FirstPassDimensions = 8 });
        AssertRefused<InvalidOperationException>("FirstPassDimensions of 16", Vector(IndexKind.QuantizedFlat), new() { FirstPassDimensions = 16 });
        AssertRefused<InvalidOperationException>("Oversampling without Rescoring", Vector(IndexKind.QuantizedFlat), new() { Oversampling = 2, Rescoring = false });
        AssertRefused<InvalidOperationException>("FirstPassDimensions without Rescoring", Vector(IndexKind.QuantizedFlat), new() { FirstPassDimensions = 8, Rescoring = false });
        AssertRefused<InvalidOperationException>(
            "of Half already", new("Vector", typeof(ReadOnlyMemory<Half>), 16) { IndexKind = IndexKind.Hnsw }, new() { Quantization = VectorQuantization.Half });
    }

    [Theory]
    [InlineData(IndexKind.Hnsw, VectorQuantization.None)]
    [InlineData(IndexKind.Hnsw, VectorQuantization.Int8)]
    [InlineData(IndexKind.Dynamic, VectorQuantization.Binary)]
    public void Of_WhatOnlyScansOfCodesHonour_IsRefusedForGraphs(string kind, VectorQuantization quantization)
    {
        AssertRefused<InvalidOperationException>($"'{kind}' without Rescoring, which only", Vector(kind), new() { Quantization = quantization, Rescoring = false });
        AssertRefused<InvalidOperationException>($"'{kind}' and Oversampling, which only", Vector(kind), new() { Quantization = quantization, Oversampling = 2 });
    }

    [Theory]
    [InlineData(DistanceFunction.ManhattanDistance)]
    [InlineData(DistanceFunction.HammingDistance)]
    public void Of_BinaryOfAMeasureWithoutSigns_IsRefusedWithTheReason(string function)
    {
        VectorStoreVectorProperty property = Vector(IndexKind.QuantizedFlat);
        property.DistanceFunction = function;

        AssertRefused<NotSupportedException>($"Binary and the distance function '{function}'", property, new() { Quantization = VectorQuantization.Binary });
        AssertRefused<NotSupportedException>(VectorMeasureNames, property, new() { Quantization = VectorQuantization.Binary });
        Assert.Equal(VectorQuantization.Int8, Build(property.WithVectorIndex(new())).Index.Quantization);
    }

    [Theory]
    [InlineData(IndexKind.Hnsw, false, typeof(NotSupportedException), "'Hnsw'; supported for sparse vectors")]
    [InlineData(IndexKind.QuantizedFlat, false, typeof(NotSupportedException), "'QuantizedFlat'; supported for sparse vectors")]
    [InlineData(IndexKind.Flat, true, typeof(InvalidOperationException), "has options of an index, and has sparse vectors")]
    [InlineData(null, true, typeof(InvalidOperationException), "has options of an index, and has sparse vectors")]
    public void OfSparse_AnotherIndex_IsRefused(string? kind, bool hasOptions, Type expected, string message)
    {
        VectorStoreVectorProperty property = new("Vector", typeof(SparseEmbedding), 16) { IndexKind = kind };

        Exception? refused = Record.Exception(() => Build(hasOptions ? property.WithVectorIndex(new()) : property));

        Assert.IsType(expected, refused);
        Assert.Contains(message, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_SparseAndFlat_IsTaken() =>
        Assert.Equal(VectorIndexKind.Flat, Build(new("Vector", typeof(SparseEmbedding), 16) { IndexKind = IndexKind.Flat }).IndexKind);

    private const string VectorMeasureNames =
        "supported are CosineSimilarity, CosineDistance, DotProductSimilarity, NegativeDotProductSimilarity, EuclideanDistance, EuclideanSquaredDistance";

    private static VectorStoreVectorProperty Vector(string? kind) => new("Vector", typeof(ReadOnlyMemory<float>), 16) { IndexKind = kind };

    private static void AssertRefused<TException>(string message, VectorStoreVectorProperty property, VectorIndexOptions options)
        where TException : Exception
    {
        string found = Assert.Throws<TException>(() => Build(property.WithVectorIndex(options))).Message;
        Assert.Contains(message, found, StringComparison.Ordinal);
        Assert.Contains("'Vector'", found, StringComparison.Ordinal);
    }

    private static VectorProperty Build(VectorStoreVectorProperty vector) =>
        Assert.Single(RecordModelBuilder.BuildDynamic(new() { Properties = [new VectorStoreKeyProperty("Id", typeof(string)), vector] }, null).Vectors);

    private sealed class Indexed
    {
        [VectorStoreKey]
        public string Id { get; set; } = "";

        [VectorStoreVector(16, IndexKind = IndexKind.Hnsw)]
        public ReadOnlyMemory<float> Vector { get; set; }
    }
}
