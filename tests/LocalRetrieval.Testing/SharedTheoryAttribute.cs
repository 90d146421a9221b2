namespace LocalRetrieval.Testing;

/// <summary>A theory over the data beside the checkout; skipped, with the reason, where that folder is missing.</summary>
public sealed class SharedTheoryAttribute : TheoryAttribute
{
    public SharedTheoryAttribute() => Skip = SharedData.Root is null ? SharedFactAttribute.MissingReason : null!;
}
