using System.Diagnostics;

namespace LocalRetrieval.Rag;

/// <summary>Gives candidates their final scores, and their order.</summary>
internal static class CandidateOrder
{
    /// <summary>Sets the final scores and returns the candidates best first; equal scores keep the vector search's order, NaN is last.</summary>
    /// <param name="candidates">The candidates in the order of the vector search.</param>
    /// <param name="reranked">Whether the reranker was asked.</param>
    /// <param name="options">The order and the weights.</param>
    public static int[] Sort<TRecord>(List<Candidate<TRecord>> candidates, bool reranked, PassageRetrieverOptions<TRecord> options)
        where TRecord : class
    {
        double[] scores = FinalScores(candidates, reranked, options);
        int[] order = new int[scores.Length];
        for (int index = 0; index < order.Length; index++)
        {
            order[index] = index;
            candidates[index].FinalScore = scores[index];
        }

        // Of what can be compared, NaN is the least.
        Array.Sort(order, (left, right) => scores[right].CompareTo(scores[left]) is var best and not 0 ? best : left.CompareTo(right));
        return order;
    }

    private static double[] FinalScores<TRecord>(List<Candidate<TRecord>> candidates, bool reranked, PassageRetrieverOptions<TRecord> options)
        where TRecord : class
    {
        double[] vector = [.. candidates.Select(candidate => candidate.VectorScore)];
        if (!reranked || options.Order == FinalOrder.Vector)
        {
            return vector;
        }

        double[] reranker = [.. candidates.Select(candidate => candidate.RerankerScore)];
        StandardScores.FillMissing(vector);
        StandardScores.FillMissing(reranker);
        return options.Order switch
        {
            FinalOrder.StandardScores => StandardScores.Sum((vector, options.VectorWeight), (reranker, options.RerankerWeight)) ?? reranker,
            FinalOrder.Reranker => reranker,
            _ => throw new UnreachableException($"The order {options.Order} is not known."),
        };
    }
}
