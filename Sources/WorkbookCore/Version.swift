/// The runner's version, for people.
package let runnerVersion = "0.1.0"
