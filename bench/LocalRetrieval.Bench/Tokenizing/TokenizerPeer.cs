using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;
using LocalRetrieval.Bench.Data;

namespace LocalRetrieval.Bench.Tokenizing;

/// <summary>Another tokenizer library, in a Node process of its own that answers one JSON line with another.</summary>
internal sealed class TokenizerPeer : IDisposable
{
    private readonly Process _process;

    private TokenizerPeer(Process process) => _process = process;

    /// <param name="library">"rust" or "js".</param>
    /// <param name="isParallel">Whether the Rust library may use all cores.</param>
    public static TokenizerPeer Start(string library, bool isParallel)
    {
        ProcessStartInfo start = new("node", ["tokenize.mjs", library])
        {
            WorkingDirectory = BenchData.Peers,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        start.Environment["TOKENIZERS_PARALLELISM"] = isParallel ? "true" : "false";
        return new TokenizerPeer(Process.Start(start) ?? throw new InvalidOperationException("Node did not start."));
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

    /// <summary>What one Node script writes, as texts.</summary>
    public static string[] ReadTexts(string script)
    {
        using Process node = Process.Start(
            new ProcessStartInfo("node", [script]) { WorkingDirectory = BenchData.Peers, RedirectStandardOutput = true })
            ?? throw new InvalidOperationException("Node did not start.");
        string json = node.StandardOutput.ReadToEnd();
        return JsonSerializer.Deserialize<string[]>(json)!;
    }

    /// <summary>Loads a tokenizer and texts.</summary>
    /// <returns>The ids of each text.</returns>
    public async Task<int[][]> LoadAsync(string tokenizer, string textsFile) =>
        (await AskAsync(new JsonObject { ["load"] = tokenizer, ["texts"] = textsFile }))["ids"].Deserialize<int[][]>()!;

    /// <summary>Tokenizes all texts once.</summary>
    /// <param name="isBatch">Whether in one call.</param>
    public Task RunAsync(bool isBatch) => AskAsync(new JsonObject { ["run"] = isBatch ? "batch" : "one" });

    public void Dispose()
    {
        _process.StandardInput.Close();
        _process.WaitForExit();
        _process.Dispose();
    }

    private async Task<JsonObject> AskAsync(JsonObject request)
    {
        await _process.StandardInput.WriteLineAsync(request.ToJsonString());
        await _process.StandardInput.FlushAsync();
        string line = await _process.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("The peer ended.");
        JsonObject answer = JsonNode.Parse(line)!.AsObject();
        return answer["error"] is { } error ? throw new InvalidOperationException($"The peer failed: {error}") : answer;
    }
}
