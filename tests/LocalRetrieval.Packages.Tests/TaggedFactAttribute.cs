namespace LocalRetrieval.Packages.Tests;

/// <summary>A fact over the checkout's last tag; skipped, with the reason, before the first one.</summary>
public sealed class TaggedFactAttribute : FactAttribute
{
    public TaggedFactAttribute() =>
        Skip = Baseline.LastTagAsync(Checkout.Path()).GetAwaiter().GetResult() is null ? "No version is tagged yet: there are no packages to be compatible with." : null!;
}
