using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace WebRag.Tests.Browser;

/// <summary>Each state of the page, in both themes, on a phone and on a desk: no violation that axe can find, and nothing wider than the screen.</summary>
/// <remarks>The screenshots are in the folder <c>screenshots</c> beside the tests' program.</remarks>
[Collection(BrowserCollection.Name)]
public class AccessibilityTests(BrowserFixture fixture)
{
    public static TheoryData<string, string, int> States()
    {
        TheoryData<string, string, int> states = [];
        foreach (string state in PageState.All.Keys)
        {
            foreach (string theme in new[] { "light", "dark" })
            {
                states.Add(state, theme, 360);
                states.Add(state, theme, 1280);
            }
        }

        return states;
    }

    [BrowserTheory]
    [MemberData(nameof(States))]
    public async Task NothingKeepsAnybodyOut(string state, string theme, int width)
    {
        await using TestPage test = await fixture.OpenAsync(new BrowserNewContextOptions
        {
            ColorScheme = theme == "dark" ? ColorScheme.Dark : ColorScheme.Light,
            ViewportSize = new ViewportSize { Width = width, Height = width < 600 ? 740 : 800 },
            ReducedMotion = ReducedMotion.Reduce,
        });
        await PageState.All[state](test);
        await test.Page.ScreenshotAsync(new PageScreenshotOptions
        {
            Path = Path.Combine(AppContext.BaseDirectory, "screenshots", $"{state}-{theme}-{width}.png"),
            FullPage = true,
        });
        AxeResult result = await test.Page.RunAxe();
        Assert.Empty(result.Violations.Select(violation =>
            $"{violation.Id}: {violation.Help} at {string.Join(", ", violation.Nodes.Take(5).Select(node => $"{node.Target} {node.Any.FirstOrDefault()?.Message}"))}"));
        Assert.True(result.Passes.Length > 10, "axe has looked at next to nothing.");
    }

    [BrowserTheory]
    [InlineData(320)]
    [InlineData(360)]
    [InlineData(768)]
    [InlineData(1280)]
    [InlineData(2560)]
    public async Task NothingIsWiderThanTheScreen(int width)
    {
        foreach ((string state, Func<TestPage, Task> bring) in PageState.All)
        {
            await using TestPage test = await fixture.OpenAsync(new BrowserNewContextOptions { ViewportSize = new ViewportSize { Width = width, Height = 800 } });
            await bring(test);
            int wide = await test.Page.EvaluateAsync<int>("document.documentElement.scrollWidth");
            Assert.True(wide <= width, $"{state}: the page is {wide} wide, the screen {width}.");
        }
    }
}
