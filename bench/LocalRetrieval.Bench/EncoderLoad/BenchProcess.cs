using System.Diagnostics;

namespace LocalRetrieval.Bench.EncoderLoad;

/// <summary>A command of this program in a process of its own, whose standard input ends with this one.</summary>
internal sealed class BenchProcess : IDisposable
{
    private readonly Process _process;
    private readonly string _command;
    private readonly long _start = Stopwatch.GetTimestamp();

    /// <param name="arguments">The command and what it takes.</param>
    public BenchProcess(params string[] arguments)
        : this(new Dictionary<string, string>(), arguments)
    {
    }

    /// <param name="environment">Variables that it has beside those of this process.</param>
    /// <param name="arguments">The command and what it takes.</param>
    public BenchProcess(Dictionary<string, string> environment, params string[] arguments)
    {
        _command = string.Join(' ', arguments);
        string program = Path.Combine(AppContext.BaseDirectory, "LocalRetrieval.Bench.dll");
        ProcessStartInfo start = new("dotnet", [program, .. arguments]) { RedirectStandardInput = true, RedirectStandardOutput = true };
        foreach ((string name, string value) in environment)
        {
            start.Environment[name] = value;
        }

        _process = Process.Start(start) ?? throw new InvalidOperationException("dotnet did not start.");
    }

    /// <summary>How long ago it was started.</summary>
    public TimeSpan Age => Stopwatch.GetElapsedTime(_start);

    /// <summary>The next line that it writes.</summary>
    /// <exception cref="InvalidOperationException">It ended.</exception>
    public async Task<string> ReadLineAsync() =>
        await _process.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException($"'{_command}' ended in a process of its own before it had answered.");

    public void Dispose()
    {
        _process.Kill(entireProcessTree: true);
        _process.WaitForExit();
        _process.Dispose();
    }
}
