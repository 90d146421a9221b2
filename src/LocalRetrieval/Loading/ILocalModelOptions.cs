namespace LocalRetrieval.Loading;

/// <summary>What the options of every local model have.</summary>
internal interface ILocalModelOptions
{
    string? ModelPath { get; }

    bool WarmUp { get; }
}
