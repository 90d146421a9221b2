using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace WebRag.Tests.Browser;

/// <summary>Each state of the page, in both themes, on a phone and on a desk: no violation that axe can find, and nothing wider than the screen.</summary>
/// <remarks>The screenshots are in the folder <c>screenshots</c> beside the tests' program.</remarks>
[Collection(AccessibilityCollection.Name)]
public class AccessibilityTests(BrowserFixture fixture)
{
    private static readonly int[] Widths = [320, 360, 768, 1280, 2560];
    private static readonly int[] LookedAt = [360, 1280];

    public static TheoryData<string> States => [.. PageState.All.Keys];

    [BrowserTheory]
    [MemberData(nameof(States))]
    public async Task NothingKeepsAnybodyOut(string state)
    {
        await using TestPage test = await fixture.OpenAsync(new BrowserNewContextOptions { ReducedMotion = ReducedMotion.Reduce });
        await PageState.All[state](test);
        List<string> troubles = [];
        foreach (int width in Widths)
        {
            await test.Page.SetViewportSizeAsync(width, width < 600 ? 740 : 800);
            int wide = await test.Page.EvaluateAsync<int>("document.documentElement.scrollWidth");
            if (wide > width)
            {
                troubles.Add($"At {width} px the page is {wide} px wide.");
            }

            foreach (ColorScheme theme in LookedAt.Contains(width) ? new[] { ColorScheme.Light, ColorScheme.Dark } : [])
            {
                troubles.AddRange(await LookAtAsync(test.Page, state, theme, width));
            }
        }

        Assert.Empty(troubles);
    }

    private static async Task<IEnumerable<string>> LookAtAsync(IPage page, string state, ColorScheme theme, int width)
    {
        string name = $"{state}-{theme}-{width}".ToLowerInvariant();
        await page.EmulateMediaAsync(new PageEmulateMediaOptions { ColorScheme = theme });
        await page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(AppContext.BaseDirectory, "screenshots", $"{name}.png"), FullPage = true });
        AxeResult result = await page.RunAxe();
        Assert.True(result.Passes.Length > 10, $"{name}: axe has looked at next to nothing.");
        return result.Violations.Select(violation =>
            $"{name}: {violation.Id}: {violation.Help} at {string.Join(", ", violation.Nodes.Take(5).Select(node => $"{node.Target} {node.Any.FirstOrDefault()?.Message}"))}");
    }
}
