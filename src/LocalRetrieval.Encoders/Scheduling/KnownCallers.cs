using System.Runtime.InteropServices;

namespace LocalRetrieval.Encoders;

/// <summary>The callers of a lane by their keys: those that wait, and those that would not begin like newcomers if they came again.</summary>
/// <remarks>Guarded by the scheduler's lock.</remarks>
internal sealed class KnownCallers
{
    private const int FewestSwept = 64;

    private Dictionary<object, RunCaller> _byKey = [];
    private int _sweepAt = FewestSwept;

    /// <summary>How many are known.</summary>
    public int Count => _byKey.Count;

    /// <summary>The caller of a key, a new one where none is known.</summary>
    /// <param name="key">What its calls name.</param>
    /// <param name="newcomer">What newcomers begin with, in the lane's time.</param>
    public RunCaller Of(object key, double newcomer)
    {
        if (_byKey.Count >= _sweepAt)
        {
            Sweep(newcomer);
        }

        ref RunCaller? caller = ref CollectionsMarshal.GetValueRefOrAddDefault(_byKey, key, out _);
        return caller ??= new RunCaller();
    }

    /// <summary>Forgets all: nothing of them waits.</summary>
    public void Clear()
    {
        if (_byKey.Count > FewestSwept)
        {
            // A large table is slow to clear, each time.
            _byKey = [];
        }

        _byKey.Clear();
        _sweepAt = FewestSwept;
    }

    // Each time as many again have come, so that it costs a call next to nothing.
    private void Sweep(double newcomer)
    {
        foreach ((object key, RunCaller caller) in _byKey)
        {
            if (caller.Waiting.Count == 0 && caller.Served <= newcomer)
            {
                _byKey.Remove(key);
            }
        }

        _sweepAt = Math.Max(FewestSwept, 2 * _byKey.Count);
    }
}
