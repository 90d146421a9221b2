using LocalRetrieval.Encoders.Tests.Backends;
using LocalRetrieval.Testing;

namespace LocalRetrieval.Encoders.Tests;

/// <summary>Each kind of encoder on a backend, over the folder of a tiny model.</summary>
internal static class TestHeads
{
    public const int Hidden = 32;
    public const int Vocabulary = 3000;

    public static DenseHead Dense(IEncoderBackend backend, DenseEncoderOptions? options = null) =>
        On(backend, "bert-cls-prompt", DenseHead.Read, options ?? new TestOptions.Dense { Pooling = PoolingMode.Mean });

    public static SparseHead Sparse(IEncoderBackend backend) => On(backend, "splade-mlm", SparseHead.Read, new TestOptions.Sparse());

    public static MultiVectorHead MultiVector(IEncoderBackend backend) => On(backend, "colbert", MultiVectorHead.Read, new TestOptions.Encoder());

    public static CrossEncoderHead CrossEncoder(IEncoderBackend backend, CrossEncoderOptions? options = null) =>
        On(backend, "reranker-bert-identity", CrossEncoderHead.Read, options ?? new TestOptions.CrossEncoder());

    public static HashBackend HiddenStates() => new(OutputKind.HiddenStates, Hidden);

    private static THead On<TOptions, THead>(IEncoderBackend backend, string model, Func<ModelFolder, TOptions, EncoderPlan<THead>> read, TOptions options)
        where TOptions : EncoderOptions =>
        read(ModelFolder.Open(TestModels.Tiny(model)), options).CreateOn(backend, options, typeof(TestHeads), loggerFactory: null);
}
