namespace LocalRetrieval.Rag;

/// <summary>Candidates by maximal marginal relevance: λ · relevance − (1 − λ) · the greatest cosine to one that was chosen.</summary>
/// <remarks>
/// Relevance is the final score, moved and stretched to reach from 0 to 1. A standard score has no bounds, and would weigh more against a cosine the more
/// the best candidate stands out; between 0 and 1 one λ means the same for every query.
/// </remarks>
internal sealed class MarginalRelevanceQueue : ICandidateQueue
{
    private readonly IReadOnlyList<ReadOnlyMemory<float>> _vectors;
    private readonly double _lambda;
    private readonly double[] _relevance;
    private readonly double[] _similarity;
    private readonly bool[] _isTaken;
    private bool _isAnyChosen;

    /// <param name="scores">The final scores, best first.</param>
    /// <param name="vectors">The candidates' vectors.</param>
    /// <param name="lambda">The share of relevance, from 0 to 1.</param>
    public MarginalRelevanceQueue(IReadOnlyList<double> scores, IReadOnlyList<ReadOnlyMemory<float>> vectors, double lambda)
    {
        _vectors = vectors;
        _lambda = lambda;
        _relevance = Scale(scores);
        _similarity = new double[scores.Count];
        _isTaken = new bool[scores.Count];
    }

    public int? Next()
    {
        int best = -1;
        for (int index = 0; index < _relevance.Length; index++)
        {
            // Of equals the one with the better score is first.
            best = !_isTaken[index] && (best < 0 || Marginal(index) > Marginal(best)) ? index : best;
        }

        if (best < 0)
        {
            return null;
        }

        _isTaken[best] = true;
        return best;
    }

    public void Choose(int index)
    {
        for (int other = 0; other < _similarity.Length; other++)
        {
            if (!_isTaken[other])
            {
                double cosine = DenseVector.Cosine(_vectors[index], _vectors[other]);
                _similarity[other] = _isAnyChosen ? Math.Max(_similarity[other], cosine) : cosine;
            }
        }

        _isAnyChosen = true;
    }

    private double Marginal(int index) => (_lambda * _relevance[index]) - ((1 - _lambda) * _similarity[index]);

    private static double[] Scale(IReadOnlyList<double> scores)
    {
        double least = scores.Where(double.IsFinite).DefaultIfEmpty(0).Min();
        double spread = scores.Where(double.IsFinite).DefaultIfEmpty(0).Max() - least;
        return [.. scores.Select(score => !double.IsFinite(score) ? 0 : spread > 0 ? (score - least) / spread : 1)];
    }
}
