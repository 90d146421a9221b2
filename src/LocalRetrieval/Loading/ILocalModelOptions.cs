namespace LocalRetrieval.Loading;

/// <summary>What the options of every local model have.</summary>
internal interface ILocalModelOptions
{
    string? ModelPath { get; }

    string? ModelId { get; set; }

    bool WarmUp { get; }

    /// <summary>The embedded model that is used where there is no path; null where none is of the kind.</summary>
    LocalModel? EmbeddedModel { get; }
}
