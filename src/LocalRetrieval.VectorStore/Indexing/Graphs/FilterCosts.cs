using System.Numerics;

namespace LocalRetrieval.VectorData.Indexing.Graphs;

/// <summary>What searches of a graph cost, counted while they run; so a filtered search knows when a comparison of all matching rows is cheaper.</summary>
/// <remarks>The unit is a row of a list that is compared. Safe for concurrent use: where two searches note their costs at once, one of them may be lost.</remarks>
internal sealed class FilterCosts
{
    // Measured with 256 dimensions: a row on the way through a graph comes with its place among others, and a row that is passed through with a list of neighbours from anywhere in memory.
    private const double CostOfRow = 2.5;

    // Where all rows are compared they come one after another, at some two thirds of what one on the way through a graph takes.
    private const double CostOfRowBesideAll = 1.5;

    // How many rows a walk compares for each that it keeps, before any was made.
    private const double ComparedForKept = 16;

    // The rows that are kept stand in order: a row that comes moves half of them, and about three come for each that stays.
    private const double CostOfPlace = 1.0 / 256;
    private const double CostOfPassing = 2;

    // What a walk costs before any was made: of so many plain ones for each time as many rows are kept, where few rows match; where nearly all do, of one.
    private const double PlainWalks = 3;

    // How much a search counts among those before it.
    private const double Share = 1.0 / 16;

    private const int Shares = 32;

    // Where walks have cost too much, one of so many searches makes one all the same: what they cost may have changed.
    private const int SearchesUntilTried = 64;

    // A graph is taken where it is clearly cheaper: a comparison of all is never wrong.
    private const double Margin = 1.25;

    private readonly double[] _easy = new double[Shares];
    private readonly double[] _hard = new double[Shares];
    private double _plainForKept;
    private int _lists;

    // What a search without a filter costs for each row that it keeps.
    private double PlainForKept => Volatile.Read(ref _plainForKept) is > 0 and { } plain ? plain : CostOfRow * ComparedForKept;

    /// <summary>Notes what a search without a filter compared.</summary>
    /// <param name="compared">How many rows.</param>
    /// <param name="kept">How many it kept.</param>
    public void NotePlain(int compared, int kept) => Note(ref _plainForKept, CostOfRow * compared / kept);

    /// <summary>Notes what a filtered search did.</summary>
    /// <param name="rows">How many rows there are.</param>
    /// <param name="matching">How many of them match.</param>
    /// <param name="isHard">Whether it kept more for its difficulty.</param>
    /// <param name="compared">How many rows were compared.</param>
    /// <param name="passed">How many rows that do not match were passed through.</param>
    public void NoteFiltered(int rows, int matching, bool isHard, int compared, int passed) =>
        Note(ref CostOf(rows, matching, isHard), (CostOfRow * compared) + (CostOfPassing * passed));

    /// <summary>Whether all rows are compared one by one rather than that a graph is walked for those that are kept.</summary>
    /// <param name="rows">How many rows there are.</param>
    /// <param name="ef">How many rows a search keeps.</param>
    /// <param name="threads">How many threads share a comparison of all.</param>
    public bool PrefersAll(int rows, int ef, int threads) => rows <= (double)threads * ef * ((PlainForKept * CostOfRowBesideAll / CostOfRow) + (CostOfPlace * ef));

    /// <summary>Whether the matching rows are compared one by one.</summary>
    /// <param name="rows">How many rows there are.</param>
    /// <param name="matching">How many of them match.</param>
    /// <param name="isHard">Whether a walk would keep more for its difficulty.</param>
    /// <param name="ef">How many rows a search without a filter keeps.</param>
    /// <param name="factor">How many times as many the walk would keep.</param>
    /// <param name="threads">How many threads share a comparison of all.</param>
    public bool PrefersList(int rows, int matching, bool isHard, int ef, int factor, int threads)
    {
        double filtered = Volatile.Read(ref CostOf(rows, matching, isHard));
        double walks = PlainWalks - ((PlainWalks - 1) * matching / rows);
        double guessed = walks / CostOfRow * factor * PlainForKept * ef;
        return matching <= Margin * threads * (filtered > 0 ? filtered : guessed)
            && (matching <= Margin * threads * guessed || Interlocked.Increment(ref _lists) % SearchesUntilTried != 0);
    }

    private ref double CostOf(int rows, int matching, bool isHard) =>
        ref (isHard ? _hard : _easy)[Math.Min(Shares - 1, BitOperations.Log2((uint)Math.Max(1, rows / Math.Max(1, matching))))];

    private static void Note(ref double average, double cost)
    {
        double before = Volatile.Read(ref average);
        Volatile.Write(ref average, before == 0 ? cost : before + (Share * (cost - before)));
    }
}
