using System.Text.Json.Nodes;

namespace LocalRetrieval.Testing;

/// <summary>Changes of a model's folder that change its numbers.</summary>
public static class ModelAlteration
{
    public const string Pooling = "pooling";
    public const string FirstPrompt = "first prompt";
    public const string LastPrompt = "last prompt";
    public const string DefaultPrompt = "default prompt";
    public const string Normalization = "normalization";
    public const string Tokenizer = "tokenizer";

    private const string SentenceTransformers = "config_sentence_transformers.json";
    private const string Normalize = "sentence_transformers.models.Normalize";

    public static string[] All => [Pooling, FirstPrompt, LastPrompt, DefaultPrompt, Normalization, Tokenizer];

    /// <summary>Alters a folder; false where it has nothing of the kind.</summary>
    public static bool TryApply(string folder, string alteration)
    {
        string kind = Read(folder, "expected.json")!["kind"]!.GetValue<string>();
        return alteration switch
        {
            Pooling => kind switch
            {
                "embedding" => Edit(folder, "1_Pooling/config.json", ChangeMode),
                "sparse" => Edit(folder, "1_SpladePooling/config.json", json => json["pooling_strategy"] = "sum"),
                "rerank" => Edit(folder, "config.json", ChangeActivation),
                _ => false,
            },
            FirstPrompt => kind == "late-interaction" ? Edit(folder, SentenceTransformers, json => json["query_prefix"] = "changed: ") : EditPrompt(folder, first: true),
            LastPrompt => kind == "late-interaction" ? Edit(folder, SentenceTransformers, json => json["document_prefix"] = "changed: ") : EditPrompt(folder, first: false),
            DefaultPrompt => kind != "late-interaction" && SetDefaultPrompt(folder),
            Normalization => kind switch
            {
                "sparse" => Edit(folder, "1_SpladePooling/config.json", json => json["activation_function"] = "log1p_relu"),
                "embedding" => Edit(folder, "modules.json", ChangeNormalize),
                "static-embedding" => File.Exists(Path.Combine(folder, "modules.json"))
                    ? Edit(folder, "modules.json", ChangeNormalize)
                    : Edit(folder, "config.json", json => json["normalize"] = !json["normalize"]!.GetValue<bool>()),
                _ => false,
            },
            Tokenizer => SwapTokens(folder, kind),
            _ => throw new ArgumentOutOfRangeException(nameof(alteration), alteration, "Not an alteration."),
        };
    }

    private static void ChangeMode(JsonNode config)
    {
        bool isMean = config["pooling_mode_mean_tokens"]!.GetValue<bool>();
        foreach (string field in config.AsObject().Select(field => field.Key).Where(field => field.StartsWith("pooling_mode_", StringComparison.Ordinal)).ToArray())
        {
            config[field] = field == (isMean ? "pooling_mode_max_tokens" : "pooling_mode_mean_tokens");
        }
    }

    private static void ChangeActivation(JsonNode config)
    {
        bool isIdentity = config["sentence_transformers"]?["activation_fn"]?.GetValue<string>().EndsWith("Identity", StringComparison.Ordinal) == true;
        config["sentence_transformers"] = new JsonObject { ["activation_fn"] = isIdentity ? "torch.nn.modules.activation.Sigmoid" : "torch.nn.modules.linear.Identity" };
    }

    private static void ChangeNormalize(JsonNode modules)
    {
        JsonArray entries = modules.AsArray();
        if (entries[^1]!["type"]!.GetValue<string>().EndsWith("Normalize", StringComparison.Ordinal))
        {
            entries.RemoveAt(entries.Count - 1);
        }
        else
        {
            entries.Add(new JsonObject { ["idx"] = entries.Count, ["name"] = $"{entries.Count}", ["path"] = $"{entries.Count}_Normalize", ["type"] = Normalize });
        }
    }

    private static bool EditPrompt(string folder, bool first)
    {
        string[] names = Read(folder, SentenceTransformers)?["prompts"] is JsonObject prompts ? [.. prompts.Select(prompt => prompt.Key)] : [];
        return names.Length > (first ? 0 : 1) && Edit(folder, SentenceTransformers, json => json["prompts"]![names[first ? 0 : ^1]] = "changed: ");
    }

    private static bool SetDefaultPrompt(string folder)
    {
        JsonNode json = Read(folder, SentenceTransformers) ?? new JsonObject();
        json["prompts"] ??= new JsonObject();
        json["prompts"]!["other"] = "changed: ";
        json["default_prompt_name"] = "other";
        File.WriteAllText(Path.Combine(folder, SentenceTransformers), json.ToJsonString());
        return true;
    }

    // A token of the first text and one that no text has change places.
    private static bool SwapTokens(string folder, string kind)
    {
        JsonNode golden = Read(folder, "expected.json")!["cases"]![0]!;
        string text = golden[kind is "rerank" or "late-interaction" ? "query" : "text"]!.GetValue<string>();
        int[] ids = LocalRetrieval.Tokenizers.Tokenizer.Load(Path.Combine(folder, "tokenizer.json")).EncodeToIds(text);
        return Edit(folder, "tokenizer.json", json =>
        {
            HashSet<int> special = [.. json["added_tokens"]!.AsArray().Select(token => token!["id"]!.GetValue<int>())];
            int own = ids.First(id => !special.Contains(id) && id > 5);
            if (json["model"]!["vocab"] is JsonArray pieces)
            {
                int other = Enumerable.Range(200, pieces.Count - 200).First(id => !ids.Contains(id) && !special.Contains(id));
                (pieces[own], pieces[other]) = (pieces[other]!.DeepClone(), pieces[own]!.DeepClone());
            }
            else
            {
                Dictionary<int, string> tokens = json["model"]!["vocab"]!.AsObject().ToDictionary(token => token.Value!.GetValue<int>(), token => token.Key);
                int other = tokens.Keys.Order().First(id => id >= 200 && !ids.Contains(id) && !special.Contains(id));
                json["model"]!["vocab"]![tokens[own]] = other;
                json["model"]!["vocab"]![tokens[other]] = own;
            }
        });
    }

    private static JsonNode? Read(string folder, string file) => File.Exists(Path.Combine(folder, file)) ? JsonNode.Parse(File.ReadAllText(Path.Combine(folder, file))) : null;

    private static bool Edit(string folder, string file, Action<JsonNode> edit)
    {
        if (Read(folder, file) is not { } json)
        {
            return false;
        }

        edit(json);
        File.WriteAllText(Path.Combine(folder, file), json.ToJsonString());
        return true;
    }
}
