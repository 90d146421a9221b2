using System.Diagnostics;

namespace ConsoleRag.Tests;

/// <summary>The sample as a process of its own, with its streams redirected and a terminal that knows colours in its environment.</summary>
internal sealed class ConsoleProcess : IDisposable
{
    private readonly Process _process;
    private readonly Task<string> _output;

    private ConsoleProcess(Uri? endpoint, string[] arguments)
    {
        ProcessStartInfo start = new(Path.Combine(AppContext.BaseDirectory, "ConsoleRag"), arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["TERM"] = "xterm-256color", ["OPENAI_API_KEY"] = endpoint is null ? null : "key", ["OPENAI_BASE_URL"] = endpoint?.AbsoluteUri },
        };
        _process = Process.Start(start)!;
        _output = _process.StandardOutput.ReadToEndAsync();
    }

    public static ConsoleProcess Start(Uri? endpoint, params string[] arguments) => new(endpoint, arguments);

    public static async Task<ConsoleResult> RunAsync(Uri? endpoint, params string[] arguments)
    {
        using ConsoleProcess process = Start(endpoint, arguments);
        return await process.CompleteAsync();
    }

    public static Task<ConsoleResult> RunAsync(params string[] arguments) => RunAsync(endpoint: null, arguments);

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
