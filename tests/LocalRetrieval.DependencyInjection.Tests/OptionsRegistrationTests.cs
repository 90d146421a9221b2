using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace LocalRetrieval.DependencyInjection.Tests;

public sealed class OptionsRegistrationTests
{
    private readonly ServiceCollection _services = new();

    [Fact]
    public void AddRegistrationOptions_Twice_EachHasItsOwn()
    {
        string first = _services.AddRegistrationOptions<SampleOptions>(serviceKey: null, options => options.Count = 1);
        string second = _services.AddRegistrationOptions<SampleOptions>(serviceKey: null, options => options.Limit = 2);

        using ServiceProvider provider = _services.BuildServiceProvider();

        Assert.Equal((1, 5), Values(provider, first));
        Assert.Equal((3, 2), Values(provider, second));
        Assert.Same(provider.GetRequiredKeyedService<SampleOptions>(first), provider.GetRequiredKeyedService<SampleOptions>(first));
    }

    [Fact]
    public void AddRegistrationOptions_OptionsOfTheKey_ComeBeforeItsOwn()
    {
        _services.AddSingleton("four");
        _services.AddOptions<SampleOptions>().Configure<string>((options, text) => (options.Count, options.Limit) = (text.Length, 40));
        _services.Configure<SampleOptions>("key", options => options.Count = 10);
        _services.PostConfigureAll<SampleOptions>(options => options.Text += "after");
        string unkeyed = _services.AddRegistrationOptions<SampleOptions>(serviceKey: null, options => options.Limit += 1);
        string keyed = _services.AddRegistrationOptions<SampleOptions>("key", options => options.Text = "own ");

        using ServiceProvider provider = _services.BuildServiceProvider();

        Assert.Equal((4, 41), Values(provider, unkeyed));
        Assert.Equal((10, 5), Values(provider, keyed));
        Assert.Equal("own after", provider.GetRequiredKeyedService<SampleOptions>(keyed).Text);
    }

    [Fact]
    public void AddRegistrationOptions_Invalid_FailsAtStartAndWhenNeeded()
    {
        _services.AddOptions<SampleOptions>().Validate(options => options.Count != 13, "Thirteen is unlucky.");
        string registration = _services.AddRegistrationOptions<SampleOptions>(serviceKey: null, options => options.Count = 13);
        _services.AddRegistrationOptions<SampleOptions>(serviceKey: null, _ => { });

        using ServiceProvider provider = _services.BuildServiceProvider();

        Assert.Equal("Thirteen is unlucky.", Assert.Throws<OptionsValidationException>(() => provider.GetRequiredService<IStartupValidator>().Validate()).Message);
        Assert.Equal("Thirteen is unlucky.", Assert.Throws<OptionsValidationException>(() => provider.GetRequiredKeyedService<SampleOptions>(registration)).Message);
    }

    private static (int Count, int? Limit) Values(ServiceProvider provider, string registration)
    {
        SampleOptions options = provider.GetRequiredKeyedService<SampleOptions>(registration);
        return (options.Count, options.Limit);
    }
}
