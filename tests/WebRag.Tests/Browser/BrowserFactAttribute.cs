namespace WebRag.Tests.Browser;

/// <summary>A test in Chromium, which is skipped, and says so, where there is none.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class BrowserFactAttribute : FactAttribute
{
    public BrowserFactAttribute() => Skip = Chromium.Path is null ? Chromium.Missing : null;
}
