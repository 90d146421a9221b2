using System.Reflection;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace LocalRetrieval.Rag;

/// <summary>Binds options to configuration and says which value a setter refused.</summary>
internal static class ConfigurationBinding
{
    public static void Bind<TOptions>(OptionsBuilder<TOptions> builder, IConfiguration configuration)
        where TOptions : class
    {
        ArgumentNullException.ThrowIfNull(configuration);
        builder.Configure(options =>
        {
            try
            {
                configuration.Bind(options);
            }
            catch (TargetInvocationException exception) when (exception.InnerException is ArgumentException refused)
            {
                string section = configuration is IConfigurationSection { Path: var path } ? $"Section '{path}': " : "";
                throw new OptionsValidationException(builder.Name, typeof(TOptions), [section + refused.Message]);
            }
        });
    }
}
