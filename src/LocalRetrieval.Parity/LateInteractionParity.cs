using System.Text.Json;
using Microsoft.Extensions.AI;

namespace LocalRetrieval.Parity;

/// <summary>Holds the vectors of late interaction, and the scores that follow from them, against expected values.</summary>
internal static class LateInteractionParity
{
    public static async Task CompareAsync(ParityRun run, ExpectedValues expected, IEmbeddingGenerator<string, MultiVectorEmbedding> generator, CancellationToken cancellationToken)
    {
        expected.CheckSettings(run);
        Deviation queryVectors = new();
        Deviation documentVectors = new();
        Deviation counts = new();
        Deviation scores = new();
        foreach ((JsonElement golden, int i) in expected.Cases.Select((golden, i) => (golden, i)))
        {
            string[] texts = ExpectedValues.Strings(golden.GetProperty("documents"));
            MultiVectorEmbedding query = (await generator.GenerateAsync([golden.GetProperty("query").GetString()!], EmbeddingInputTypes.QueryOptions(), cancellationToken).ConfigureAwait(false))[0];
            GeneratedEmbeddings<MultiVectorEmbedding> documents = await generator.GenerateAsync(texts, EmbeddingInputTypes.DocumentOptions(), cancellationToken).ConfigureAwait(false);
            queryVectors.Add($"query {i}", ExpectedValues.Floats(golden.GetProperty("query_vectors")), query.Vectors.Span);
            foreach ((JsonElement vectors, int document) in golden.GetProperty("document_vectors").EnumerateArray().Select((vectors, document) => (vectors, document)))
            {
                documentVectors.Add($"query {i}, document {document}", ExpectedValues.Floats(vectors), documents[document].Vectors.Span);
            }

            counts.Add($"query {i}", ExpectedValues.Floats(golden.GetProperty("document_token_counts")), [.. documents.Select(document => (float)document.Count)]);
            scores.Add($"query {i}", ExpectedValues.Floats(golden.GetProperty("scores")), [.. documents.Select(document => Score(query, document))]);
        }

        run.Compare("query vectors", queryVectors, run.Tolerance);
        run.Compare("document vectors", documentVectors, run.Tolerance);
        run.Compare("vectors of each document", counts, 0);
        run.Compare("scores", scores, run.Tolerance);
    }

    private static float Score(MultiVectorEmbedding query, MultiVectorEmbedding document) =>
        Enumerable.Range(0, query.Count).Sum(i => Enumerable.Range(0, document.Count).Select(j => Dot(query[i].Span, document[j].Span)).DefaultIfEmpty().Max());

    private static float Dot(ReadOnlySpan<float> left, ReadOnlySpan<float> right)
    {
        float sum = 0;
        for (int i = 0; i < Math.Min(left.Length, right.Length); i++)
        {
            sum += left[i] * right[i];
        }

        return sum;
    }
}
