using System.Numerics;

namespace LocalRetrieval.VectorData.Indexing.Graphs;

/// <summary>What searches of a graph cost, counted in comparisons of a row while they run; so a filtered search knows when a comparison of all matching rows is cheaper.</summary>
/// <remarks>Safe for concurrent use: where two searches note their costs at once, one of them may be lost.</remarks>
internal sealed class FilterCosts
{
    // The neighbours of a row that is passed through are two cache lines, where a vector is a dozen or more.
    private const double CostOfPassing = .4;

    // How much a search counts among those before it.
    private const double Share = 1.0 / 16;

    private const int Shares = 32;

    // A graph is taken where it is clearly cheaper: a comparison of all is never wrong.
    private const double Margin = 2;

    private readonly double[] _filtered = new double[Shares];
    private double _plain;

    /// <summary>Notes what a search without a filter compared.</summary>
    /// <param name="compared">How many rows.</param>
    public void NotePlain(int compared) => Note(ref _plain, compared);

    /// <summary>Notes what a filtered search did.</summary>
    /// <param name="rows">How many rows there are.</param>
    /// <param name="matching">How many of them match.</param>
    /// <param name="compared">How many rows were compared.</param>
    /// <param name="passed">How many rows that do not match were passed through.</param>
    public void NoteFiltered(int rows, int matching, int compared, int passed) =>
        Note(ref _filtered[ShareOf(rows, matching)], compared + (CostOfPassing * passed));

    /// <summary>Whether the matching rows are compared one by one.</summary>
    /// <param name="rows">How many rows there are.</param>
    /// <param name="matching">How many of them match.</param>
    /// <param name="ef">How many rows a search of the graph keeps.</param>
    /// <param name="threads">How many threads share a comparison of all.</param>
    public bool PrefersList(int rows, int matching, int ef, int threads)
    {
        double filtered = Volatile.Read(ref _filtered[ShareOf(rows, matching)]);
        double plain = Volatile.Read(ref _plain);
        double expected = filtered > 0 ? filtered : 2 * (plain > 0 ? plain : 16.0 * ef);
        return matching <= Margin * threads * expected;
    }

    private static void Note(ref double average, double cost)
    {
        double before = Volatile.Read(ref average);
        Volatile.Write(ref average, before == 0 ? cost : before + (Share * (cost - before)));
    }

    private static int ShareOf(int rows, int matching) => Math.Min(Shares - 1, BitOperations.Log2((uint)Math.Max(1, rows / Math.Max(1, matching))));
}
