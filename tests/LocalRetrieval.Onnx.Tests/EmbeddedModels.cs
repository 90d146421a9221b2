namespace LocalRetrieval.Onnx.Tests;

/// <summary>The embedded models, loaded once for all tests of a class.</summary>
public sealed class EmbeddedModels : IDisposable
{
    private readonly Lazy<OnnxEmbeddingGenerator> _biEncoder = new(() => OnnxEmbeddingGenerator.Load(LocalModels.BiEncoder.Locate()));
    private readonly Lazy<OnnxTextReranker> _crossEncoder = new(() => OnnxTextReranker.Load(LocalModels.CrossEncoder.Locate()));

    public OnnxEmbeddingGenerator BiEncoder => _biEncoder.Value;

    public OnnxTextReranker CrossEncoder => _crossEncoder.Value;

    public void Dispose()
    {
        if (_biEncoder.IsValueCreated)
        {
            _biEncoder.Value.Dispose();
        }

        if (_crossEncoder.IsValueCreated)
        {
            _crossEncoder.Value.Dispose();
        }
    }
}
