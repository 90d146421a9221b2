using Microsoft.Extensions.AI;

namespace LocalRetrieval.Bench.Quality;

/// <summary>Embeds each text once, so that many settings of a pipeline can be compared.</summary>
internal sealed class RememberingGenerator(IEmbeddingGenerator<string, Embedding<float>> inner) : DelegatingEmbeddingGenerator<string, Embedding<float>>(inner)
{
    private const int Batch = 64;

    private readonly KeptNumbers _known = new(
        $"vectors-{inner.GetService<EncoderInfo>()!.Fingerprint.Value[..16]}-{inner.GetService<EncoderInfo>()!.MaxTokens}.bin", width: inner.GetService<EncoderInfo>()!.Dimensions!.Value);

    public override async Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
        IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        string role = options?.AdditionalProperties?.GetValueOrDefault(EmbeddingPropertyNames.InputType) as string ?? "";
        string[] texts = [.. values];
        IEnumerable<string[]> batches = texts.Where(text => _known.Find(KeptNumbers.KeyOf(role, text)) is null).Distinct().Chunk(Batch);
        await Parallel.ForEachAsync(batches, cancellationToken, async (unknown, token) =>
        {
            GeneratedEmbeddings<Embedding<float>> embedded = await base.GenerateAsync(unknown, options, token);
            foreach ((string text, Embedding<float> embedding) in unknown.Zip(embedded))
            {
                _known.Keep(KeptNumbers.KeyOf(role, text), embedding.Vector.ToArray());
            }
        });

        return [.. texts.Select(text => new Embedding<float>(_known.Find(KeptNumbers.KeyOf(role, text))))];
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _known.Dispose();
        }

        base.Dispose(disposing);
    }
}
