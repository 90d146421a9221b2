using System.Text.Json;
using System.Text.RegularExpressions;

namespace WebRag.Tests.Http;

/// <summary>Holds quoted answers against what questions.jsonl expects.</summary>
internal static partial class ExpectedQuote
{
    /// <summary>What a quote must hold: the text in its letters and digits; of a row, which is laid out anew, each cell.</summary>
    public static string[] Parts(JsonElement answer)
    {
        string quote = answer.GetProperty("quote").GetString()!;
        string[] cells = quote.StartsWith('|') ? quote.Split('|')
            : answer.GetProperty("source").GetString()!.EndsWith(".csv", StringComparison.Ordinal) ? quote.Split(',')
            : [quote];
        return [.. cells.Select(Plain).Where(cell => cell.Length > 0)];
    }

    /// <summary>The quotes of an answer, in their letters and digits.</summary>
    public static string[] QuotesOf(string answer) => [.. answer.Split("\n- ").Skip(1).Select(Plain)];

    private static string Plain(string text) => OtherRegex().Replace(text, " ").Trim();

    [GeneratedRegex(@"[^\p{L}\p{M}\p{Nd}]+")]
    private static partial Regex OtherRegex();
}
