namespace LocalRetrieval.Encoders;

/// <summary>Keeps the first values of vectors, as sentence-transformers does for a model that is saved with truncate_dim: without bringing them to unit length again.</summary>
internal sealed class TruncateModule(int width) : IVectorModule
{
    public int OutputWidth(int inputWidth) => Math.Min(inputWidth, width);

    public void Apply(ReadOnlySpan<float> source, Span<float> destination) => source[..destination.Length].CopyTo(destination);
}
