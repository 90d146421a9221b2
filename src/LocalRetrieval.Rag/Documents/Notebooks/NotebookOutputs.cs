using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace LocalRetrieval.Rag;

/// <summary>The text that a code cell's outputs show.</summary>
internal static partial class NotebookOutputs
{
    private const int MaxLines = 40;
    private const int MaxLength = 4000;
    private const string Cut = "…";

    /// <summary>Streams, results and errors as plain text, at most 40 lines and 4,000 characters; empty where there are none.</summary>
    public static string TextOf(JsonElement cell)
    {
        if (!cell.TryGetProperty("outputs", out JsonElement outputs) || outputs.ValueKind != JsonValueKind.Array)
        {
            return "";
        }

        StringBuilder text = new();
        foreach (JsonElement output in outputs.EnumerateArray())
        {
            string shown = Shown(output).TrimEnd();
            if (shown.Length > 0 && text.Length <= MaxLength)
            {
                text.Append(text.Length == 0 ? "" : "\n").Append(shown, 0, Math.Min(shown.Length, MaxLength + 1));
            }
        }

        return Shorten(WithoutControls(text.ToString()));
    }

    private static string Shown(JsonElement output)
    {
        if (NotebookJson.Text(output, "output_type") is "error" or "pyerr")
        {
            return $"{NotebookJson.Text(output, "ename")}: {NotebookJson.Text(output, "evalue")}";
        }

        bool isPicture = output.ValueKind == JsonValueKind.Object && (IsPicture(output) || (output.TryGetProperty("data", out JsonElement data) && IsPicture(data)));
        return isPicture ? "" : NotebookJson.Text(output, "text") ?? NotebookJson.Text(output, "data", "text/plain") ?? "";
    }

    /// <summary>Whether the plain text only stands for a picture or a widget, such as <c>&lt;Figure size 640x480&gt;</c>.</summary>
    private static bool IsPicture(JsonElement data) =>
        data.ValueKind == JsonValueKind.Object
        && data.EnumerateObject().Any(pair =>
            pair.Name.StartsWith("image/", StringComparison.Ordinal) || pair.Name.Contains("widget-view", StringComparison.Ordinal) || pair.Name is "png" or "jpeg" or "svg");

    /// <summary>What a terminal shows: no colours, and of a line that was written over what it became.</summary>
    private static string WithoutControls(string text)
    {
        string[] lines = EscapeSequences().Replace(text, "").Replace("\r\n", "\n", StringComparison.Ordinal).Split('\n');
        return string.Join('\n', lines.Select(line => line.TrimEnd('\r')).Select(line => line[(line.LastIndexOf('\r') + 1)..].TrimEnd()));
    }

    private static string Shorten(string text)
    {
        string[] lines = text.Split('\n');
        string shortened = lines.Length > MaxLines ? string.Join('\n', lines.Take(MaxLines)) + "\n" + Cut : text;
        return shortened.Length > MaxLength ? shortened[..CharacterLimit.Cut(shortened, MaxLength)] + Cut : shortened;
    }

    [GeneratedRegex(@"\x1B(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1B]*(?:\x07|\x1B\\)?|[@-Z\\-_])")]
    private static partial Regex EscapeSequences();
}
