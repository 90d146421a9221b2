using Microsoft.Extensions.AI;

namespace LocalRetrieval.Encoders;

/// <summary>Embeds the query and each document apart and scores them by <see cref="MaxSim"/>, or its mean over the query where the model says so.</summary>
internal sealed class LateInteractionReranker(MultiVectorHead head) : RerankingHead(head.Runtime, maxTokens: null)
{
    // Under a time budget, how many documents are scored between two looks at the clock.
    private const int BudgetStep = 16;

    protected override async Task<RerankingCosts> ScoreAsync(string query, string[] documents, RerankedDocument[] scored, BudgetClock clock, RunRequest run, CancellationToken cancellationToken)
    {
        GeneratedEmbeddings<MultiVectorEmbedding> embedded = await head.EmbedAsync([query], head.Query(run), cancellationToken).ConfigureAwait(false);
        MultiVectorEmbedding queryVectors = embedded[0];
        RerankingCosts costs = Costs(embedded);
        int step = clock.Budget is null ? documents.Length : BudgetStep;
        using CancellationTokenSource? over = clock.Alarm();
        using CancellationTokenSource further = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, over?.Token ?? default);
        for (int start = 0; start < documents.Length && (start == 0 || !further.IsCancellationRequested); start += step)
        {
            string[] slice = documents[start..Math.Min(start + step, documents.Length)];
            if (await TryEmbedAsync(slice, start, run, further.Token, cancellationToken).ConfigureAwait(false) is not { } documentVectors)
            {
                break;
            }

            Score(queryVectors, documentVectors, scored.AsSpan(start), start);
            costs = costs.And(Costs(documentVectors));
        }

        cancellationToken.ThrowIfCancellationRequested();
        return costs;
    }

    // The first documents are scored whatever time is left; null where it is over before further ones are.
    private async Task<GeneratedEmbeddings<MultiVectorEmbedding>?> TryEmbedAsync(string[] documents, int start, RunRequest run, CancellationToken further, CancellationToken cancellationToken)
    {
        try
        {
            return await head.EmbedAsync(documents, head.Documents(start, run), start == 0 ? cancellationToken : further).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (start > 0 && !cancellationToken.IsCancellationRequested)
        {
            return null;
        }
    }

    private void Score(MultiVectorEmbedding query, GeneratedEmbeddings<MultiVectorEmbedding> documents, Span<RerankedDocument> scored, int start)
    {
        for (int i = 0; i < documents.Count; i++)
        {
            float score = MaxSim.Score(query, documents[i]) / (head.AveragesQuery ? query.Count : 1);
            scored[i] = new RerankedDocument(start + i, score) { Logit = score };
        }
    }

    private static RerankingCosts Costs(GeneratedEmbeddings<MultiVectorEmbedding> embedded) => new(embedded.Usage!, embedded.AdditionalProperties);
}
