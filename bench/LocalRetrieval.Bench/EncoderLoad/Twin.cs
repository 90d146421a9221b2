using LocalRetrieval.Bench.Throughput;
using Microsoft.ML.OnnxRuntime;

namespace LocalRetrieval.Bench.EncoderLoad;

/// <summary>A bare session with all its rows known and its tensors built beforehand, pooled by hand: what no encoder can beat that is handed texts as they come.</summary>
/// <remarks>Runs one call at a time.</remarks>
internal sealed class Twin
{
    private readonly BareSession _session;
    private readonly TwinOutput _output;
    private readonly int[] _lengths;
    private readonly (int[] Rows, BareSession.Batch Batch)[] _runs;

    /// <param name="session">A session with the setup's threads.</param>
    /// <param name="setup">How it is run.</param>
    /// <param name="output">What becomes of its output.</param>
    /// <param name="rows">What it reads.</param>
    public Twin(BareSession session, TwinSetup setup, TwinOutput output, IReadOnlyList<(int[] Ids, int[] TypeIds)> rows)
    {
        _session = session;
        Setup = setup;
        _output = output;
        _lengths = [.. rows.Select(row => row.Ids.Length)];
        _runs = [.. setup.Cut(_lengths).Select(run => (run, BareSession.Build(Array.ConvertAll(run, row => rows[row]))))];
    }

    /// <summary>How it is run.</summary>
    public TwinSetup Setup { get; }

    /// <returns>The result of each row, in their order.</returns>
    public float[][] Run()
    {
        float[][] results = new float[_lengths.Length][];
        if (Setup.ParallelRuns == 1 || _runs.Length == 1)
        {
            Array.ForEach(_runs, run => Run(run.Rows, run.Batch, results));
            return results;
        }

        int next = -1;
        Parallel.For(0, Setup.ParallelRuns, _ =>
        {
            for (int i = Interlocked.Increment(ref next); i < _runs.Length; i = Interlocked.Increment(ref next))
            {
                Run(_runs[i].Rows, _runs[i].Batch, results);
            }
        });
        return results;
    }

    private void Run(int[] rows, BareSession.Batch batch, float[][] results)
    {
        using IDisposableReadOnlyCollection<OrtValue> outputs = _session.Run(batch);
        ReadOnlySpan<float> values = outputs[0].GetTensorDataAsSpan<float>();
        int stride = values.Length / rows.Length;
        for (int i = 0; i < rows.Length; i++)
        {
            results[rows[i]] = _output(values.Slice(i * stride, stride), (int)batch.Shape[1], _lengths[rows[i]]);
        }
    }
}
