namespace WebRag.Tests.Browser;

/// <summary>A browser and a server of their own: the states take as long as all other tests, beside which they are tried.</summary>
[CollectionDefinition(Name)]
public sealed class AccessibilityCollection : ICollectionFixture<BrowserFixture>
{
    public const string Name = "Accessibility";
}
