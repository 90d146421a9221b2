using LocalRetrieval.Bench.Throughput;

namespace LocalRetrieval.Bench.EncoderLoad;

/// <summary>The bare sessions over one graph, each made when it is first asked for.</summary>
internal sealed class TwinSessions(string modelFolder) : IDisposable
{
    private readonly Dictionary<(int Threads, bool Spins), BareSession> _sessions = [];

    public BareSession For(TwinSetup setup)
    {
        (int Threads, bool Spins) key = (setup.Threads, setup.Spins);
        return _sessions.TryGetValue(key, out BareSession? session) ? session : _sessions[key] = new BareSession(modelFolder, setup.Threads, setup.Spins);
    }

    public void Dispose()
    {
        foreach (BareSession session in _sessions.Values)
        {
            session.Dispose();
        }
    }
}
