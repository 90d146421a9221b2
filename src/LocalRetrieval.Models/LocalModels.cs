namespace LocalRetrieval;

/// <summary>The models that LocalRetrieval ships. They lie beside the application, in the folder <c>LocalRetrieval.Models</c>.</summary>
/// <remarks>Safe for concurrent use.</remarks>
public static class LocalModels
{
    /// <summary>
    /// The embedded bi-encoder: 6 layers in int8, 384 dimensions, 512 tokens, English. Queries take the prompt that its files name, other texts
    /// none, so a text without a role is read as a document is. A text's vector does not depend on what shares its batch. Its model card lies in
    /// its folder.
    /// </summary>
    public static LocalModel BiEncoder { get; } = new("bi-encoder", dimensions: 384);

    /// <summary>
    /// The embedded cross-encoder: four layers in int8, one logit, pairs of up to 512 tokens, English. Its model card lies in its folder.
    /// </summary>
    public static LocalModel CrossEncoder { get; } = new("cross-encoder", dimensions: null);

    /// <summary>
    /// The embedded static model: a vector a token, distilled from all-MiniLM-L6-v2, 256 dimensions in int8, 512 tokens, English. A vector costs
    /// microseconds and word order does not count: for near-duplicates, prefiltering and classification. Its model card lies in its folder.
    /// </summary>
    public static LocalModel Static { get; } = new("static", dimensions: 256);

    /// <summary>The model of a name: that of its property here, or its own; case does not count. Null where there is none.</summary>
    internal static LocalModel? Find(string name) => name.Trim().ToUpperInvariant() switch
    {
        "BIENCODER" or "BI-ENCODER" => BiEncoder,
        "CROSSENCODER" or "CROSS-ENCODER" => CrossEncoder,
        "STATIC" => Static,
        _ => null,
    };
}
