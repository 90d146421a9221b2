using System.Diagnostics;
using System.Globalization;

namespace LocalRetrieval.Bench.Web;

/// <summary>The web application in a process of its own, on a free port of the loopback interface.</summary>
internal sealed class WebProcess : IDisposable
{
    /// <summary>Where it listens is said at this level: without it, nobody would learn the port.</summary>
    private const string AnnouncesItself = "--Logging:LogLevel:Microsoft.Hosting.Lifetime=Information";

    private readonly Process _process;

    private WebProcess(Process process, Uri address)
    {
        _process = process;
        Address = address;
    }

    public Uri Address { get; }

    /// <summary>What the process has of the machine's memory, in bytes.</summary>
    public long ResidentBytes
    {
        get
        {
            string line = File.ReadLines(string.Create(CultureInfo.InvariantCulture, $"/proc/{_process.Id}/status")).First(line => line.StartsWith("VmRSS:", StringComparison.Ordinal));
            return long.Parse(line.Split(':')[1].Replace("kB", "", StringComparison.Ordinal), CultureInfo.InvariantCulture) * 1024;
        }
    }

    /// <summary>What the process has taken of the processors so far.</summary>
    public TimeSpan ProcessorTime
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    /// <summary>Starts it with settings such as <c>WebRag:Hits=5</c>, and waits until its corpus is indexed.</summary>
    public static async Task<WebProcess> StartAsync(params string[] settings)
    {
        string program = Path.Combine(AppContext.BaseDirectory, "WebRag.dll");
        Process process = Process.Start(new ProcessStartInfo("dotnet", [program, "--urls=http://127.0.0.1:0", "--Logging:LogLevel:Default=Error", AnnouncesItself, .. settings.Select(setting => $"--{setting}")]) { RedirectStandardOutput = true })!;
        const string Announcement = "Now listening on: ";
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            if (line.Contains(Announcement, StringComparison.Ordinal))
            {
                WebProcess web = new(process, new Uri(line.Split(Announcement)[1].Trim()));
                _ = process.StandardOutput.ReadToEndAsync();
                using WebVisitor visitor = await WebVisitor.ArriveAsync(web.Address);
                await visitor.ReadyAsync();
                return web;
            }
        }

        throw new InvalidOperationException("The web application ended before it listened.");
    }

    public void Dispose()
    {
        _process.Kill(entireProcessTree: true);
        _process.Dispose();
    }
}
