using System.Diagnostics;

namespace LocalRetrieval.Testing;

/// <summary>A program as a process of its own, with its streams redirected and a terminal that knows colours in its environment.</summary>
public sealed class ConsoleProcess : IDisposable
{
    private readonly Process _process;
    private readonly Task<string> _output;

    /// <param name="program">The program's full path.</param>
    /// <param name="endpoint">The chat endpoint of its environment; null for none.</param>
    /// <param name="arguments">Its command line.</param>
    internal ConsoleProcess(string program, Uri? endpoint, string[] arguments)
    {
        ProcessStartInfo start = new(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["TERM"] = "xterm-256color", ["OPENAI_API_KEY"] = endpoint is null ? null : "key", ["OPENAI_BASE_URL"] = endpoint?.AbsoluteUri },
        };
        _process = Process.Start(start)!;
        _output = _process.StandardOutput.ReadToEndAsync();
    }

    /// <summary>The next line of the standard error.</summary>
    public async Task<string?> ReadErrorLineAsync() => await _process.StandardError.ReadLineAsync();

    /// <summary>What Ctrl+C does.</summary>
    public void Interrupt()
    {
        using Process kill = Process.Start("kill", ["-INT", $"{_process.Id}"]);
        kill.WaitForExit();
    }

    /// <summary>What came of it, once it has ended.</summary>
    public async Task<ConsoleResult> CompleteAsync()
    {
        _process.StandardInput.Close();
        string error = await _process.StandardError.ReadToEndAsync();
        string output = await _output;
        await _process.WaitForExitAsync();
        return new ConsoleResult(_process.ExitCode, output, error);
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        _process.Dispose();
    }
}
