using System.Diagnostics;
using System.Text.Json.Nodes;
using LocalRetrieval.Bench.Data;

namespace LocalRetrieval.Bench.Peers;

/// <summary>Another library, in a Node process of its own that answers one JSON line with another.</summary>
internal sealed class NodePeer : IDisposable
{
    private readonly Process _process;

    private NodePeer(Process process) => _process = process;

    /// <param name="script">A script of bench/peers.</param>
    /// <param name="library">"rust" or "js": the tokenizer.</param>
    /// <param name="isParallel">Whether the Rust library may use all cores.</param>
    public static NodePeer Start(string script, string library, bool isParallel)
    {
        ProcessStartInfo start = new("node", [script, library])
        {
            WorkingDirectory = BenchData.Peers,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        start.Environment["TOKENIZERS_PARALLELISM"] = isParallel ? "true" : "false";
        return new NodePeer(Process.Start(start) ?? throw new InvalidOperationException("Node did not start."));
    }

    /// <summary>Installs the libraries that package-lock.json pins, where they are missing.</summary>
    public static void Install()
    {
        if (Directory.Exists(Path.Combine(BenchData.Peers, "node_modules")))
        {
            return;
        }

        using Process install = Process.Start(new ProcessStartInfo("npm", ["ci"]) { WorkingDirectory = BenchData.Peers })
            ?? throw new InvalidOperationException("npm did not start.");
        install.WaitForExit();
        if (install.ExitCode != 0)
        {
            throw new InvalidOperationException($"npm ci in {BenchData.Peers} ended with {install.ExitCode}.");
        }
    }

    /// <exception cref="InvalidOperationException">The peer answered with an error.</exception>
    public async Task<JsonObject> AskAsync(JsonObject request)
    {
        await _process.StandardInput.WriteLineAsync(request.ToJsonString());
        await _process.StandardInput.FlushAsync();
        string line = await _process.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("The peer ended.");
        JsonObject answer = JsonNode.Parse(line)!.AsObject();
        return answer["error"] is { } error ? throw new InvalidOperationException($"The peer failed: {error}") : answer;
    }

    public void Dispose()
    {
        _process.StandardInput.Close();
        _process.WaitForExit();
        _process.Dispose();
    }
}
