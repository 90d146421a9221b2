using System.Diagnostics;

namespace LocalRetrieval.Packages.Tests;

/// <summary>A web application that runs on a free port of the loopback interface.</summary>
internal sealed class WebServer : IDisposable
{
    private readonly Process _process;

    private WebServer(Process process, Uri address)
    {
        _process = process;
        Client = new HttpClient { BaseAddress = address };
    }

    /// <summary>Sends requests to it.</summary>
    public HttpClient Client { get; }

    /// <summary>Starts it and waits until it listens.</summary>
    /// <param name="executable">The program.</param>
    /// <param name="folder">The folder that it is started in.</param>
    /// <param name="environment">Variables beside those of this process.</param>
    /// <param name="arguments">What stands before the address.</param>
    /// <exception cref="InvalidOperationException">It ended before that; the message holds what it wrote.</exception>
    public static async Task<WebServer> StartAsync(
        string executable, string folder, IReadOnlyDictionary<string, string>? environment = null, params IReadOnlyList<string> arguments)
    {
        Process process = CommandLine.Start(executable, folder, [.. arguments, "--urls", "http://127.0.0.1:0"], environment);
        try
        {
            return new WebServer(process, await AddressAsync(process));
        }
        catch
        {
            End(process);
            throw;
        }
    }

    /// <summary>Ends it, and gives what it wrote after it listened, to both outputs.</summary>
    public async Task<string> StopAsync()
    {
        _process.Kill(entireProcessTree: true);
        return await _process.StandardOutput.ReadToEndAsync() + await _process.StandardError.ReadToEndAsync();
    }

    public void Dispose()
    {
        Client.Dispose();
        End(_process);
    }

    private static void End(Process process)
    {
        process.Kill(entireProcessTree: true);
        process.Dispose();
    }

    private static async Task<Uri> AddressAsync(Process server)
    {
        const string Announcement = "Now listening on: ";
        List<string> lines = [];
        while (await server.StandardOutput.ReadLineAsync() is { } line)
        {
            lines.Add(line);
            if (line.Contains(Announcement, StringComparison.Ordinal))
            {
                return new Uri(line.Split(Announcement)[1].Trim());
            }
        }

        throw new InvalidOperationException($"The application ended before it listened:\n{string.Join('\n', lines)}\n{await server.StandardError.ReadToEndAsync()}");
    }
}
