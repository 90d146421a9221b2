using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;
using LocalRetrieval.Bench.Data;
using LocalRetrieval.Bench.Peers;

namespace LocalRetrieval.Bench.Tokenizing;

/// <summary>Another tokenizer library, in a Node process of its own.</summary>
internal sealed class TokenizerPeer : IDisposable
{
    private readonly NodePeer _peer;

    private TokenizerPeer(NodePeer peer) => _peer = peer;

    /// <param name="library">"rust" or "js".</param>
    /// <param name="isParallel">Whether the Rust library may use all cores.</param>
    public static TokenizerPeer Start(string library, bool isParallel) => new(NodePeer.Start("tokenize.mjs", library, isParallel));

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
        (await _peer.AskAsync(new JsonObject { ["load"] = tokenizer, ["texts"] = textsFile }))["ids"].Deserialize<int[][]>()!;

    /// <summary>Tokenizes all texts once.</summary>
    /// <param name="isBatch">Whether in one call.</param>
    public Task RunAsync(bool isBatch) => _peer.AskAsync(new JsonObject { ["run"] = isBatch ? "batch" : "one" });

    public void Dispose() => _peer.Dispose();
}
