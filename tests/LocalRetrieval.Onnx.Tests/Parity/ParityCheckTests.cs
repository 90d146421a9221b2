using LocalRetrieval.Testing;

namespace LocalRetrieval.Onnx.Tests.Parity;

public sealed class ParityCheckTests
{
    private static readonly string[] Kinds = ["embedding", "sparse", "late-interaction", "rerank"];

    public static TheoryData<string> Committed => [.. CommittedNames];

    public static TheoryData<string> Shared => [.. SharedNames];

    public static TheoryData<string, string> CommittedAlterations => Alterations(CommittedNames);

    public static TheoryData<string, string> SharedAlterations => Alterations(SharedNames);

    private static string[] CommittedNames => [.. Kinds.SelectMany(kind => TinyModelNames.Names(TestModels.Tiny(""), kind))];

    // A name that is never looked up where there are none.
    private static string[] SharedNames => [.. Kinds.SelectMany(TinyModelNames.SharedNames)];

    [Theory]
    [MemberData(nameof(Committed))]
    public async Task RunAsync_CommittedModel_Passes(string name) => AssertPassed(await RunAsync(TestModels.Tiny(name)));

    [SharedTheory]
    [MemberData(nameof(Shared))]
    public async Task RunAsync_SharedModel_Passes(string name) => AssertPassed(await RunAsync(SharedData.Path("models-tiny", name)));

    [Theory]
    [MemberData(nameof(CommittedAlterations))]
    public Task RunAsync_CommittedModelAltered_Fails(string name, string alteration) => AssertFails(TestModels.Tiny(name), alteration);

    [SharedTheory]
    [MemberData(nameof(SharedAlterations))]
    public Task RunAsync_SharedModelAltered_Fails(string name, string alteration) => AssertFails(SharedData.Path("models-tiny", name), alteration);

    [SharedTheory]
    [InlineData(PoolingMode.Cls, true)]
    [InlineData(PoolingMode.Mean, false)]
    public async Task RunAsync_OptionsOfACallerWhoIsWrong_Fail(PoolingMode pooling, bool normalize)
    {
        using OnnxEmbeddingGenerator generator = OnnxEmbeddingGenerator.Load(
            SharedData.Path("models-tiny", "config-only-mean"), new OnnxEmbeddingGeneratorOptions { Pooling = pooling, Normalize = normalize });

        ParityReport report = await ParityCheck.RunAsync(generator);

        Assert.Contains(report.Checks, check => !check.Passed && check.Name == "values, in one call");
        Assert.Contains(report.Checks, check => !check.Passed && check.Name == (normalize ? "pooling" : "normalization"));
    }

    [Theory]
    [MemberData(nameof(Committed))]
    public async Task RunAsync_WithoutExpectedValues_ProbesAndPasses(string name)
    {
        using TemporaryModel model = TestModels.Copy(name);
        File.Delete(model.File("expected.json"));

        ParityReport report = await RunAsync(model.Path, KindOf(TestModels.Tiny(name)));

        AssertPassed(report);
        Assert.Null(report.ExpectedValues);
        Assert.Superset(new HashSet<string> { "padding", "repetition", "batch independence" }, report.Checks.Select(check => check.Name).ToHashSet());
    }

    [Fact]
    public async Task RunAsync_WithoutExpectedValues_LooksAtNormsAndPrompts()
    {
        using TemporaryModel model = TestModels.Copy("bert-cls-prompt");
        File.Delete(model.File("expected.json"));

        ParityReport report = await RunAsync(model.Path, "embedding");

        Assert.Contains(report.Checks, check => check is { Name: "norms", Passed: true, Tolerance: > 0 });
        Assert.Contains(report.Checks, check => check is { Name: "prompt query", Passed: true });
    }

    [Fact]
    public async Task RunAsync_ExpectedValuesOfAnotherKind_AreRefused()
    {
        using OnnxEmbeddingGenerator generator = OnnxEmbeddingGenerator.Load(TestModels.Tiny("bert-cls-prompt"));
        ParityCheckOptions options = new() { ExpectedValues = Path.Combine(TestModels.Tiny("splade-mlm"), "expected.json") };

        InvalidDataException exception = await Assert.ThrowsAsync<InvalidDataException>(() => ParityCheck.RunAsync(generator, options));

        Assert.Contains("kind is 'sparse'", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAsync_LateInteractionReranker_HoldsScoresAgainstTheSameFile()
    {
        using OnnxLateInteractionReranker reranker = OnnxLateInteractionReranker.Load(TestModels.Tiny("colbert"));

        AssertPassed(await ParityCheck.RunAsync(reranker));
    }

    [Fact]
    public async Task ThrowIfFailed_TightTolerance_NamesTheWorstValue()
    {
        using OnnxEmbeddingGenerator generator = OnnxEmbeddingGenerator.Load(TestModels.Tiny("bert-cls-prompt"));

        ParityReport report = await ParityCheck.RunAsync(generator, new ParityCheckOptions { Tolerance = 1e-12f });

        InvalidDataException exception = Assert.Throws<InvalidDataException>(report.ThrowIfFailed);
        Assert.Contains("FAILED  values, in one call: case ", exception.Message, StringComparison.Ordinal);
        Assert.Contains("tolerance 1e-12", exception.Message, StringComparison.Ordinal);
    }

    private static TheoryData<string, string> Alterations(string[] names)
    {
        TheoryData<string, string> data = [];
        foreach (string name in names)
        {
            foreach (string alteration in ModelAlteration.All)
            {
                data.Add(name, alteration);
            }
        }

        return data;
    }

    private static async Task AssertFails(string folder, string alteration)
    {
        using TemporaryModel model = new(folder);
        if (!ModelAlteration.TryApply(model.Path, alteration))
        {
            // Only what a model of this kind has can be altered.
            Assert.Contains(alteration, Missing(folder));
            return;
        }

        ParityReport report = await RunAsync(model.Path);

        Assert.False(report.Passed, report.ToString());
        Assert.Contains(report.Checks, check => !check.Passed && (check.Difference > check.Tolerance || check.Name is "prompts" or "values"));
    }

    private static string[] Missing(string folder) => KindOf(folder) switch
    {
        "rerank" => [ModelAlteration.FirstPrompt, ModelAlteration.LastPrompt, ModelAlteration.Normalization],
        "late-interaction" => [ModelAlteration.Pooling, ModelAlteration.DefaultPrompt, ModelAlteration.Normalization],
        "sparse" => [ModelAlteration.FirstPrompt, ModelAlteration.LastPrompt],
        _ when !File.Exists(Path.Combine(folder, "modules.json")) => [ModelAlteration.Pooling, ModelAlteration.FirstPrompt, ModelAlteration.LastPrompt, ModelAlteration.Normalization],
        _ => [ModelAlteration.FirstPrompt, ModelAlteration.LastPrompt],
    };

    private static void AssertPassed(ParityReport report) => Assert.True(report.Passed && report.Checks.Count > 1, report.ToString());

    private static string KindOf(string folder) => TestModels.ReadJson(Path.Combine(folder, "expected.json")).GetProperty("kind").GetString()!;

    private static async Task<ParityReport> RunAsync(string folder, string? kind = null)
    {
        switch (kind ?? KindOf(folder))
        {
            case "embedding":
            {
                using OnnxEmbeddingGenerator generator = OnnxEmbeddingGenerator.Load(folder, ExpectedOptions.Of(folder));
                return await ParityCheck.RunAsync(generator);
            }

            case "sparse":
            {
                using OnnxSparseEmbeddingGenerator generator = OnnxSparseEmbeddingGenerator.Load(folder);
                return await ParityCheck.RunAsync(generator);
            }

            case "late-interaction":
            {
                using OnnxMultiVectorEmbeddingGenerator generator = OnnxMultiVectorEmbeddingGenerator.Load(folder);
                return await ParityCheck.RunAsync(generator);
            }

            default:
            {
                using OnnxTextReranker reranker = OnnxTextReranker.Load(folder);
                return await ParityCheck.RunAsync(reranker);
            }
        }
    }
}
