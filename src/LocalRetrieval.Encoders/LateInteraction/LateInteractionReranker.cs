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
        for (int start = 0; start < documents.Length; start += step)
        {
            string[] slice = documents[start..Math.Min(start + step, documents.Length)];
            embedded = await head.EmbedAsync(slice, head.Documents(start, run), cancellationToken).ConfigureAwait(false);
            for (int i = 0; i < embedded.Count; i++)
            {
                float score = MaxSim.Score(queryVectors, embedded[i]) / (head.AveragesQuery ? queryVectors.Count : 1);
                scored[start + i] = new RerankedDocument(start + i, score) { Logit = score };
            }

            costs = costs.And(Costs(embedded));
            if (clock.IsOver)
            {
                break;
            }
        }

        return costs;
    }

    private static RerankingCosts Costs(GeneratedEmbeddings<MultiVectorEmbedding> embedded) => new(embedded.Usage!, embedded.AdditionalProperties);
}
