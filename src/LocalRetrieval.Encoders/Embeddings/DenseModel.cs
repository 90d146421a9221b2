namespace LocalRetrieval.Encoders;

/// <summary>What a model of one vector a text is made of, beside the backend that runs it.</summary>
/// <param name="Source">Where it comes from.</param>
/// <param name="Tokenizer">What it reads of texts.</param>
/// <param name="Prompts">What is put before them.</param>
/// <param name="Pipeline">The way from the backend's output to a vector.</param>
/// <param name="Pooling">How tokens are pooled, in the words of sentence-transformers.</param>
internal sealed record DenseModel(ModelSource Source, ITextTokenizer Tokenizer, ModelPrompts Prompts, SentencePipeline Pipeline, string Pooling)
{
    /// <summary>What decides the vectors beside <see cref="Pooling"/> and <see cref="PoolingFiles"/>, for the fingerprint.</summary>
    public IReadOnlyList<string> PoolingSettings { get; init; } = [];

    /// <summary>The files of the modules.</summary>
    public IReadOnlyList<string> PoolingFiles { get; init; } = [];
}
