namespace LocalRetrieval.Onnx.Inference;

/// <summary>Compares a session of all processors with that of few on the texts that come alone, some of them each in turn.</summary>
/// <remarks>Each session has weights of its own: were each second text run by the other one, both would find the caches full of the other's. Guarded by that only one run at a time is alone; what others ask is safe for concurrent use.</remarks>
internal sealed class LoneTrial
{
    // A process that embeds a few texts and ends shall not load its model twice.
    private const int RunsBefore = 8;
    private const int RunsOfTurn = 8;
    private const int TurnsEach = 3;

    // The first runs of a turn bring the session's weights into the caches.
    private const int RunsUncounted = 2;
    private const double WorthItFrom = 1.15;

    private readonly List<double> _shared = [];
    private readonly List<double> _lone = [];
    private volatile Stage _stage;
    private int _before;
    private int _compared;

    private enum Stage
    {
        Counting,
        Making,
        Comparing,
        Over,
    }

    /// <summary>Whether nothing is to be found out any more.</summary>
    public bool IsOver => _stage == Stage.Over;

    /// <summary>Whether too few texts came alone as yet.</summary>
    public bool IsCounting => _stage == Stage.Counting;

    /// <summary>Whether both sessions are there, and runs decide between them.</summary>
    public bool IsComparing => _stage == Stage.Comparing;

    /// <summary>Whether the next run is that of the session of all.</summary>
    public bool IsLonesTurn => _stage == Stage.Comparing && _compared / RunsOfTurn % 2 == 1;

    /// <summary>How many times faster the session of all is; null before it is known.</summary>
    public double? Gain { get; private set; }

    /// <summary>Whether the session of all is worth its memory.</summary>
    public bool IsWorthIt => Gain >= WorthItFrom;

    /// <summary>Takes in how long a run took.</summary>
    public void Add(bool isLone, long cost, TimeSpan took)
    {
        if (_stage == Stage.Counting)
        {
            _before++;
        }
        else if (_stage == Stage.Comparing)
        {
            Compare(isLone, took.TotalMilliseconds / (cost + RunCost.Overhead));
        }
    }

    /// <summary>Whether the session of all is to be made now, once.</summary>
    public bool TryBegin()
    {
        if (_stage != Stage.Counting || _before < RunsBefore)
        {
            return false;
        }

        _stage = Stage.Making;
        return true;
    }

    /// <summary>The session of all is there.</summary>
    public void Compare() => _stage = Stage.Comparing;

    /// <summary>The session of all cannot be made.</summary>
    public void GiveUp() => _stage = Stage.Over;

    private void Compare(bool isLone, double milliseconds)
    {
        if (_compared++ % RunsOfTurn >= RunsUncounted)
        {
            (isLone ? _lone : _shared).Add(milliseconds);
        }

        if (_compared == 2 * TurnsEach * RunsOfTurn)
        {
            Gain = Median(_shared) / Median(_lone);
            _stage = Stage.Over;
        }
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
}
