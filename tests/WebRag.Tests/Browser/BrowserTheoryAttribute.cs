namespace WebRag.Tests.Browser;

/// <summary>A theory in Chromium, which is skipped, and says so, where there is none.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class BrowserTheoryAttribute : TheoryAttribute
{
    public BrowserTheoryAttribute() => Skip = Chromium.Path is null ? Chromium.Missing : null;
}
