using System.Text.Json;

namespace LocalRetrieval.Parity;

/// <summary>A model's own expected values: what kind of encoder it is, what its settings are, and what it gives for some texts.</summary>
internal sealed class ExpectedValues
{
    private readonly JsonElement _root;

    private ExpectedValues(string path, JsonElement root)
    {
        Path = path;
        _root = root;
    }

    public string Path { get; }

    public IEnumerable<JsonElement> Cases => _root.GetProperty("cases").EnumerateArray();

    /// <summary>The file of the options, or of the model's folder; null where there is none.</summary>
    /// <exception cref="FileNotFoundException">The options name a file that does not exist.</exception>
    /// <exception cref="InvalidDataException">The file is not of expected values, or of another kind of encoder.</exception>
    public static ExpectedValues? Find(EncoderInfo info, ParityCheckOptions options, params string[] kinds)
    {
        string? path = options.ExpectedValues ?? (info.ModelPath is { } folder ? System.IO.Path.Combine(folder, "expected.json") : null);
        if (path is null || (options.ExpectedValues is null && !File.Exists(path)))
        {
            return null;
        }

        using JsonDocument document = Parse(path);
        JsonElement root = document.RootElement.Clone();
        string? kind = root.ValueKind == JsonValueKind.Object && root.TryGetProperty("kind", out JsonElement value) ? value.GetString() : null;
        bool hasCases = root.ValueKind == JsonValueKind.Object && root.TryGetProperty("cases", out JsonElement cases) && cases.ValueKind == JsonValueKind.Array && cases.GetArrayLength() > 0;
        return !kinds.Contains(kind) ? throw new InvalidDataException($"{path}: kind is '{kind}', which is not what this encoder gives. Supported here: {string.Join(", ", kinds)}.")
            : hasCases ? new ExpectedValues(path, root)
            : throw new InvalidDataException($"{path} has no cases.");
    }

    /// <summary>Holds what the encoder says of itself against what the file says.</summary>
    public void CheckSettings(ParityRun run)
    {
        // A graph that pools by itself does not say how.
        string? pooling = _root.TryGetProperty("pooling", out JsonElement modes) && run.Info.Pooling != "graph" ? string.Join('+', modes.EnumerateArray().Select(mode => mode.GetString())) : null;
        run.Expect("pooling", pooling, run.Info.Pooling);
        run.Expect("normalization", _root.TryGetProperty("normalize", out JsonElement normalize) ? $"{normalize.GetBoolean()}" : null, $"{run.Info.IsNormalized}");
        run.Expect("prompts", _root.TryGetProperty("prompts", out JsonElement prompts) ? Sorted(prompts.EnumerateObject().Select(prompt => (prompt.Name, prompt.Value.GetString()))) : null, Sorted(run.Info.Prompts.Select(prompt => (prompt.Key, (string?)prompt.Value))));
        foreach (string field in new[] { "max_seq_length", "max_length", "max_tokens" })
        {
            run.Expect(field, _root.TryGetProperty(field, out JsonElement length) ? length.GetInt32() : (int?)null, run.Info.MaxTokens);
        }
    }

    /// <summary>Numbers of any nesting, one after another.</summary>
    public static float[] Floats(JsonElement element) =>
        element.ValueKind == JsonValueKind.Array ? [.. element.EnumerateArray().SelectMany(Floats)] : [element.GetSingle()];

    public static string[] Strings(JsonElement element) => [.. element.EnumerateArray().Select(text => text.GetString()!)];

    private static string Sorted(IEnumerable<(string Name, string? Text)> prompts) =>
        string.Join("; ", prompts.OrderBy(prompt => prompt.Name, StringComparer.Ordinal).Select(prompt => $"{prompt.Name}: {prompt.Text}"));

    private static JsonDocument Parse(string path)
    {
        try
        {
            return JsonDocument.Parse(File.ReadAllBytes(path));
        }
        catch (JsonException exception)
        {
            throw new InvalidDataException($"{path} is not JSON: {exception.Message}", exception);
        }
    }
}
