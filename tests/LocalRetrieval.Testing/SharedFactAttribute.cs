namespace LocalRetrieval.Testing;

/// <summary>A fact over the data beside the checkout; skipped, with the reason, where that folder is missing.</summary>
public sealed class SharedFactAttribute : FactAttribute
{
    public SharedFactAttribute() => Skip = SharedData.Root is null ? MissingReason : null!;

    internal const string MissingReason = "The folder 'shared' is not beside the checkout.";
}
