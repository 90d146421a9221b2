using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;

namespace LocalRetrieval.Mcp.Tests;

/// <summary>The server as a process of its own.</summary>
internal sealed partial class ServerProcess : IDisposable
{
    private readonly Process _process;
    private readonly Task<byte[]> _output;
    private readonly Task<string> _error;

    private ServerProcess(string[] arguments, IReadOnlyDictionary<string, string?> environment)
    {
        ProcessStartInfo start = new(Executable, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach ((string name, string? value) in Environment.Concat(environment))
        {
            start.Environment[name] = value;
        }

        _process = Process.Start(start)!;
        _output = ReadAsync(_process.StandardOutput.BaseStream);
        _error = _process.StandardError.ReadToEndAsync();
    }

    public static string Executable { get; } = Path.Combine(AppContext.BaseDirectory, OperatingSystem.IsWindows() ? "LocalRetrieval.Mcp.exe" : "LocalRetrieval.Mcp");

    /// <summary>Without what the machine's own environment may say of chat endpoints.</summary>
    public static IReadOnlyDictionary<string, string?> Environment { get; } = new Dictionary<string, string?> { ["OPENAI_API_KEY"] = null, ["OPENAI_BASE_URL"] = null, ["OPENAI_MODEL"] = null };

    public static ServerProcess Start(params string[] arguments) => new(arguments, new Dictionary<string, string?>());

    public static ServerProcess Start(IReadOnlyDictionary<string, string?> environment, params string[] arguments) => new(arguments, environment);

    /// <summary>How many answers the standard output had so far, results and errors with the number of a request.</summary>
    public int Answers { get; private set; }

    public async Task SendAsync(string line)
    {
        await _process.StandardInput.WriteAsync($"{line}\n");
        await _process.StandardInput.FlushAsync();
    }

    /// <summary>Ends the input, and waits until the process has ended.</summary>
    public async Task<(int Code, byte[] Output, string Error)> CompleteAsync()
    {
        _process.StandardInput.Close();
        await _process.WaitForExitAsync().OrHang();
        return (_process.ExitCode, await _output.OrHang(), await _error.OrHang());
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        _process.Dispose();
    }

    private async Task<byte[]> ReadAsync(Stream stream)
    {
        using MemoryStream all = new();
        byte[] buffer = new byte[4096];
        while (await stream.ReadAsync(buffer) is > 0 and int read)
        {
            all.Write(buffer, 0, read);
            Answers = Encoding.UTF8.GetString(all.ToArray()).Split('\n').SkipLast(1).Count(line => NumberedId().IsMatch(line));
        }

        return all.ToArray();
    }

    [GeneratedRegex("\"id\":[0-9]")]
    private static partial Regex NumberedId();
}
